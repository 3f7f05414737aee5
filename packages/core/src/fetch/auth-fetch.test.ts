import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Session, SessionError, type Snapshot } from '../index.ts'
import { createAuthFetch } from './auth-fetch.ts'

const API = 'https://api.example.com'
const NOTES = `${API}/notes`

/** A coordinator whose tokens are counted. */
const fakeCoordinator = () => {
  let count = 1
  const session = (): Session => ({ access_token: `t${count}`, refresh_token: 'handle' })
  return {
    refreshes: 0,
    rotate() {
      count += 1
    },
    getSnapshot: (): Snapshot => ({
      status: 'signed-in',
      role: 'leader',
      generation: count,
      session: session(),
      refreshFailing: null,
    }),
    async getAccessToken() {
      return session().access_token
    },
    async refresh() {
      this.refreshes += 1
      count += 1
      return session()
    },
  }
}

/** What the server was asked: the token and the body of each request. */
let asked: { token: string | null; body: string; header: string | null }[]
let answer: (token: string | null) => Response | Promise<Response>

beforeEach(() => {
  asked = []
  answer = () => new Response('ok')
  vi.stubGlobal('fetch', async (input: Request) => {
    const token = input.headers.get('authorization')
    asked.push({ token, body: await input.text(), header: input.headers.get('x-test') })
    input.signal.throwIfAborted()
    return answer(token)
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const refuse =
  (...tokens: string[]) =>
  (token: string | null) =>
    new Response('no', { status: tokens.includes(token?.replace('Bearer ', '') ?? '') ? 401 : 200 })

const make = (coordinator = fakeCoordinator()) => ({
  coordinator,
  authFetch: createAuthFetch(coordinator, { origins: [API] }),
})

const tokens = () => asked.map(({ token }) => token)

const streamOf = (...parts: string[]): RequestInit => ({
  method: 'POST',
  body: new ReadableStream({
    start(stream) {
      for (const part of parts) stream.enqueue(new TextEncoder().encode(part))
      stream.close()
    },
  }),
  // Not in TypeScript's types; browsers and Node ask for it.
  ...{ duplex: 'half' },
})

describe('a request', () => {
  test('has the current token, and what the caller gave', async () => {
    const { authFetch, coordinator } = make()
    const response = await authFetch(NOTES, { headers: { 'x-test': 'yes' }, method: 'POST', body: 'hello' })
    expect(await response.text()).toBe('ok')
    expect(asked).toEqual([{ token: 'Bearer t1', body: 'hello', header: 'yes' }])
    expect(coordinator.refreshes).toBe(0)
  })

  test('may be a URL or a Request', async () => {
    const { authFetch } = make()
    await authFetch(new URL(NOTES))
    await authFetch(new Request(NOTES, { headers: { 'x-test': 'yes' } }))
    expect(asked.map(({ header }) => header)).toEqual([null, 'yes'])
  })

  test('with an Authorization of its own is sent as it is, anywhere and once', async () => {
    const { authFetch, coordinator } = make()
    answer = () => new Response('', { status: 401 })
    const response = await authFetch('https://other.example', { headers: { authorization: 'Basic x' } })
    expect([response.status, tokens(), coordinator.refreshes]).toEqual([401, ['Basic x'], 0])
  })

  test('is not sent when there is no session', async () => {
    const { authFetch, coordinator } = make()
    coordinator.getAccessToken = async () => {
      throw new SessionError('session_missing', 'None.')
    }
    await expect(authFetch(NOTES)).rejects.toMatchObject({ code: 'session_missing' })
    expect(asked).toEqual([])
  })
})

describe('another origin', () => {
  for (const url of [
    'https://example.com/notes',
    'http://api.example.com/notes',
    'https://api.example.com:444/notes',
    'https://api.example.com.evil.example/notes',
    'https://api.example.com@evil.example/notes',
  ]) {
    test(`${url} gets nothing`, async () => {
      const { authFetch } = make()
      await expect(authFetch(url)).rejects.toMatchObject({ name: expect.any(String) })
      expect(asked).toEqual([])
    })
  }

  test('is told by its name', async () => {
    const error = await make().authFetch('https://other.example/notes?token=secret').catch(String)
    expect(error).toBe(
      'SessionError: Access tokens are not for https://other.example; to change that, name it in the origins.',
    )
  })
})

describe('a 401', () => {
  test('asks for a rotation once and repeats the request once', async () => {
    const { authFetch, coordinator } = make()
    answer = refuse('t1')
    expect((await authFetch(NOTES, { method: 'PUT', body: 'hello' })).status).toBe(200)
    expect(asked.map(({ token, body }) => [token, body])).toEqual([
      ['Bearer t1', 'hello'],
      ['Bearer t2', 'hello'],
    ])
    expect(coordinator.refreshes).toBe(1)
  })

  test('repeats a stream too', async () => {
    const { authFetch } = make()
    answer = refuse('t1')
    expect((await authFetch(NOTES, streamOf('one ', 'two'))).status).toBe(200)
    expect(asked.map(({ body }) => body)).toEqual(['one two', 'one two'])
  })

  test('to the new token is the answer', async () => {
    const { authFetch, coordinator } = make()
    answer = () => new Response('still no', { status: 401 })
    const response = await authFetch(NOTES)
    expect([response.status, await response.text()]).toEqual([401, 'still no'])
    expect([tokens(), coordinator.refreshes]).toEqual([['Bearer t1', 'Bearer t2'], 1])
  })

  test('that no token helps is not tried with a third', async () => {
    const { authFetch, coordinator } = make()
    answer = () => new Response('', { status: 401 })
    for (let time = 0; time < 3; time++) await authFetch(NOTES)
    expect([tokens().length, coordinator.refreshes]).toEqual([4, 1])
    coordinator.rotate()
    await authFetch(NOTES)
    expect([tokens().length, coordinator.refreshes]).toEqual([6, 2])
  })

  test('from two addresses that no token helps costs one rotation, and not one for each request', async () => {
    const { authFetch, coordinator } = make()
    answer = () => new Response('', { status: 401 })
    for (let time = 0; time < 5; time++) for (const url of [NOTES, `${API}/files`]) await authFetch(url)
    expect(coordinator.refreshes).toBe(1)
  })

  test('after another rotation needs none of its own', async () => {
    const { authFetch, coordinator } = make()
    answer = (token) => {
      if (token === 'Bearer t1') coordinator.rotate()
      return refuse('t1')(token)
    }
    expect((await authFetch(NOTES)).status).toBe(200)
    expect([tokens(), coordinator.refreshes]).toEqual([['Bearer t1', 'Bearer t2'], 0])
  })

  test('is the answer, to be read, when there can be no new token', async () => {
    const { authFetch, coordinator } = make()
    answer = () => new Response('why', { status: 401 })
    coordinator.refresh = async () => {
      throw new SessionError('refresh_failed', 'Not now.')
    }
    expect(await (await authFetch(NOTES)).text()).toBe('why')
    expect(asked).toHaveLength(1)
  })

  test('other than 401 is the answer at once', async () => {
    const { authFetch, coordinator } = make()
    answer = () => new Response('', { status: 403 })
    expect((await authFetch(NOTES)).status).toBe(403)
    expect([asked.length, coordinator.refreshes]).toEqual([1, 0])
  })
})

describe('a signal', () => {
  const never = () => new Promise<never>(() => {})

  test('that is aborted already: nothing is sent', async () => {
    const { authFetch } = make()
    await expect(authFetch(NOTES, { signal: AbortSignal.abort('why') })).rejects.toBe('why')
    expect(asked).toEqual([])
  })

  test('ends the wait for a token', async () => {
    const { authFetch, coordinator } = make()
    coordinator.getAccessToken = never
    const abort = new AbortController()
    const wanted = authFetch(NOTES, { signal: abort.signal })
    abort.abort('why')
    await expect(wanted).rejects.toBe('why')
    expect(asked).toEqual([])
  })

  test('ends the wait for a rotation', async () => {
    const { authFetch, coordinator } = make()
    const abort = new AbortController()
    answer = refuse('t1')
    coordinator.refresh = () => {
      abort.abort('why')
      return never()
    }
    await expect(authFetch(NOTES, { signal: abort.signal })).rejects.toBe('why')
    expect(asked).toHaveLength(1)
  })

  test('reaches the request, and its repetition', async () => {
    const { authFetch } = make()
    const abort = new AbortController()
    answer = (token) => {
      if (token === 'Bearer t2') abort.abort('why')
      return refuse('t1')(token)
    }
    const sent = vi.fn(fetch)
    vi.stubGlobal('fetch', sent)
    await authFetch(NOTES, { signal: abort.signal })
    expect(sent.mock.calls.map(([request]) => (request as Request).signal.aborted)).toEqual([true, true])
  })
})
