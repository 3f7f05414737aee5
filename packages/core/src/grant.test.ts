import { describe, expect, test } from 'vitest'
import { GrantRefused, GrantUnavailable } from './errors.ts'
import { type GrantRequest, PAGE_LEFT, performGrant, type Refresh } from './grant.ts'
import { emptyRecord, end, type SessionRecord, signInto, viewOf } from './record.ts'
import type { Session } from './session.ts'
import { createSessionStore } from './session-store.ts'
import { createWorld, type FakeWorld } from './testing/fake-world.ts'

const TIMEOUT_MS = 12_000
const answer = { access_token: 'next', refresh_token: 'r2', expires_in: 60 }

/** A page with a stored session in generation 1, and the means to make grants there. */
const setUp = (refresh: Refresh<Session>, world: FakeWorld = createWorld()) => {
  const tab = world.open({ started: false })
  const { clock, random, locks, store: disk } = tab.ports
  const tokens = { access_token: 'first', refresh_token: 'r1' }
  const record = signInto(emptyRecord(), tokens, 'handle', world.wallMs(), 60_000)
  world.disk.raw ??= record
  const store = createSessionStore<Session>(disk, () => {})
  const tools = { name: world.name, clock, random, locks, store, refresh, requestTimeoutMs: TIMEOUT_MS }
  const cancel = new AbortController()
  const sent: boolean[] = []
  const request: GrantRequest<Session> = {
    known: viewOf(record, true, false),
    serves: true,
    eager: false,
    signal: cancel.signal,
    onSent: (tookOver) => sent.push(tookOver),
  }
  const grant = (changes: Partial<typeof request> = {}) => performGrant(tools, { ...request, ...changes })
  return { world, tab, locks, store, record, request, cancel, sent, grant }
}

const stored = (world: FakeWorld) => world.disk.raw as SessionRecord
const heldLocks = (world: FakeWorld) => world.tabs.map((tab) => tab.leftovers().locks)

describe('a grant', () => {
  test('sends the stored refresh token and commits the answer', async () => {
    const presented: string[] = []
    const { world, grant, sent } = setUp(async (token) => {
      presented.push(token)
      return answer
    })
    expect(await world.run(grant())).toMatchObject({ outcome: 'rotated', failure: null })
    expect(presented).toEqual(['r1'])
    expect(stored(world)).toMatchObject({ generation: 2, intent: null, session: { tokens: answer } })
    expect(sent).toEqual([false])
    expect(heldLocks(world)).toEqual([0])
  })

  test('has written its intent, and holds its lock, when the request goes out', async () => {
    let seen: unknown
    const { world, grant, tab } = setUp(async () => {
      seen = { intent: stored(world).intent, locks: tab.leftovers().locks }
      return answer
    })
    await world.run(grant())
    expect(seen).toMatchObject({ intent: { id: expect.any(String) }, locks: 1 })
  })

  test('goes on when its lock is stolen: the intent is what counts', async () => {
    let steal = () => {}
    const { world, locks, sent, grant } = setUp(async () => {
      steal()
      return answer
    })
    if (!locks) throw new Error('There are no Web Locks here.')
    const { hold } = locks
    Object.assign(locks, {
      hold: (...request: Parameters<typeof hold>) => {
        const stolen = new Promise((_, reject) => {
          steal = () => reject(new DOMException('Stolen.', 'AbortError'))
        })
        return Promise.race([hold(...request), stolen])
      },
    })
    expect(await world.run(grant())).toMatchObject({ outcome: 'rotated', failure: null })
    expect(sent).toEqual([false])
    expect(stored(world)).toMatchObject({ generation: 2, intent: null, session: { tokens: answer } })
  })

  test.each([
    ['echoes the refresh token', (token: string) => `bad token: ${token}`, 'bad token: …'],
    ['is endless', () => 'x'.repeat(1e6), 'x'.repeat(80)],
    ['is no text', () => 503 as unknown as string, '503'],
  ])('I7: tells nobody a code that %s', async (_, codeFor, told) => {
    const { world, grant } = setUp(async (token) => {
      throw new GrantUnavailable(codeFor(token))
    })
    expect(await world.run(grant())).toMatchObject({ outcome: 'failed', code: told })
    expect(stored(world)).toMatchObject({ intent: null, failure: { code: told } })
  })

  test('does not begin in a page that was frozen while its lock was stolen', async () => {
    const { world, locks, sent, grant } = setUp(async () => answer)
    if (!locks) throw new Error('There are no Web Locks here.')
    let begin = (): Promise<unknown> => Promise.resolve()
    Object.assign(locks, {
      hold: (_name: string, _signal: AbortSignal, body: () => Promise<unknown>) => {
        begin = body
        return Promise.reject(new DOMException('Stolen.', 'AbortError'))
      },
    })
    expect(await world.run(grant())).toMatchObject({ outcome: 'failed', code: 'AbortError' })
    await expect(begin()).rejects.toThrow('Stolen.')
    expect(sent).toEqual([])
    expect(stored(world)).toMatchObject({ generation: 1, intent: null })
  })

  const tokenOf = (claims: object) => `header.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.signature`

  test.each([
    ['user', { sub: 'ada', session_id: 's' }, { sub: 'bob', session_id: 's' }],
    ['session', { sub: 'ada', session_id: 's' }, { sub: 'ada', session_id: 't' }],
  ])('does not take an answer for another %s, and keeps the session', async (_, mine, theirs) => {
    const { world, grant, record, request } = setUp(async () => ({
      ...answer,
      access_token: tokenOf(theirs),
    }))
    const session = record.session && {
      ...record.session,
      tokens: { ...record.session.tokens, access_token: tokenOf(mine) },
    }
    world.disk.raw = { ...record, session }
    expect(await world.run(grant(request))).toMatchObject({ outcome: 'failed', code: 'subject_changed' })
    expect(stored(world)).toMatchObject({ generation: 1, intent: null, session, failure: { attempts: 1 } })
  })

  test('I1: adopts what another tab has rotated, without a request', async () => {
    const { world, grant, sent, record } = setUp(async () => answer)
    const known = viewOf(
      { ...record, session: record.session && { ...record.session, rotation: 0 } },
      true,
      false,
    )
    expect(await world.run(grant({ known }))).toMatchObject({ outcome: 'adopted' })
    expect(sent).toEqual([])
  })

  test('I1: two tabs at once send one request, and both have its answer', async () => {
    const world = createWorld()
    let requests = 0
    const refresh = async () => {
      requests++
      return answer
    }
    const [a, b] = [setUp(refresh, world), setUp(refresh, world)]
    const ends = await world.run(Promise.all([a.grant(), b.grant()]))
    expect(requests).toBe(1)
    expect(ends.map((each) => each.outcome).sort()).toEqual(['adopted', 'rotated'])
  })

  test('I6: an answer that comes after a sign-out is dropped', async () => {
    const { world, grant } = setUp(async () => {
      world.disk.raw = end(stored(world), 'signed-out')
      return answer
    })
    expect(await world.run(grant())).toMatchObject({ outcome: 'superseded' })
    expect(stored(world)).toMatchObject({ generation: 2, session: null })
  })

  test('a final refusal ends the session, one that is not about the current token does not', async () => {
    const refused = () => Promise.reject(new GrantRefused('revoked', 'refresh_token_not_found'))
    const first = setUp(refused)
    expect(await first.world.run(first.grant())).toMatchObject({
      outcome: 'refused',
      code: 'refresh_token_not_found',
    })
    expect(stored(first.world)).toMatchObject({ session: null, endReason: 'revoked' })

    const second = setUp(() => {
      const { session } = stored(second.world)
      second.world.disk.raw = { ...stored(second.world), intent: null, session, generation: 2 }
      return refused()
    })
    expect(await second.world.run(second.grant())).toMatchObject({ outcome: 'superseded' })
    expect(stored(second.world).session).not.toBeNull()
  })

  test('I9: a failed attempt is noted for all tabs, and the next one waits', async () => {
    const { world, grant, sent } = setUp(() => Promise.reject(new GrantUnavailable('503', 30_000)))
    expect(await world.run(grant())).toMatchObject({ outcome: 'failed', code: '503' })
    expect(stored(world)).toMatchObject({
      generation: 1,
      intent: null,
      failure: { attempts: 1, code: '503' },
    })
    expect(await world.run(grant({ eager: true }))).toMatchObject({ outcome: 'deferred' })
    expect(sent).toHaveLength(1)
  })

  test('a request without an answer is given up, and its signal aborted', async () => {
    let aborted = false
    const { world, grant } = setUp((_, { signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise(() => {})
    })
    const startMs = world.loop.nowMs()
    expect(await world.run(grant())).toMatchObject({ outcome: 'failed', code: 'timeout' })
    expect(aborted).toBe(true)
    expect(world.loop.nowMs() - startMs).toBeLessThan(TIMEOUT_MS + 100)
  })

  test('is cancelled while it waits for another tab, and leaves no timer and no lock', async () => {
    for (const locks of [true, false]) {
      const world = createWorld({ locks })
      const busy = setUp(() => new Promise(() => {}), world)
      busy.grant().catch(() => {})
      await world.advance(50)
      const waiting = setUp(async () => answer, world)
      const ended = waiting.grant()
      await world.advance(100)
      waiting.cancel.abort('adopted')
      await expect(world.run(ended)).rejects.toBe('adopted')
      expect(waiting.tab.leftovers()).toMatchObject({ timers: 0, locks: 0 })
    }
  })

  test('cancelled during its claim it ends at once, with and without Web Locks', async () => {
    for (const locks of [true, false]) {
      const world = createWorld({ locks })
      setUp(() => new Promise(() => {}), world)
        .grant()
        .catch(() => {})
      await world.advance(50)
      const waiting = setUp(async () => answer, world)
      const ended = waiting.grant()
      await world.advance(locks ? 2 : 1)
      waiting.cancel.abort('closed')
      const startMs = world.loop.nowMs()
      await expect(world.run(ended)).rejects.toBe('closed')
      expect(world.loop.nowMs() - startMs).toBeLessThan(100)
    }
  })

  test('whose request is out is not cancelled, since its answer would be lost', async () => {
    const { world, grant, cancel } = setUp(async () => {
      cancel.abort('adopted')
      return answer
    })
    expect(await world.run(grant())).toMatchObject({ outcome: 'rotated' })
  })

  test('whose page is left gives the request up, and its lock', async () => {
    const { world, grant, cancel, tab } = setUp(() => new Promise(() => {}))
    const ended = grant()
    await world.advance(50)
    cancel.abort(PAGE_LEFT)
    await expect(world.run(ended)).rejects.toBe(PAGE_LEFT)
    expect(tab.leftovers()).toMatchObject({ locks: 0, timers: 0 })
    expect(stored(world).intent).not.toBeNull()
  })

  test('I2: a page that was frozen between claim and request looks at the record again first', async () => {
    let requests = 0
    const { world, grant, tab, sent } = setUp(async () => {
      requests++
      return answer
    })
    const ended = grant()
    while (world.disk.writes === 0) await world.advance(1)
    tab.frozen = true
    await world.advance(3000)
    tab.frozen = false
    expect(await world.run(ended)).toMatchObject({ outcome: 'rotated' })
    expect(requests).toBe(1)
    // Nothing was sent the first time, so nothing is lost.
    expect(sent).toEqual([false])
  })

  test('I2: one that found newer tokens after its sleep sends nothing', async () => {
    const world = createWorld()
    const sleeper = setUp(async () => answer, world)
    const ended = sleeper.grant()
    while (world.disk.writes === 0) await world.advance(1)
    sleeper.tab.frozen = true
    const other = setUp(async () => answer, world)
    const otherEnded = other.grant()
    await world.advance(20_000)
    expect(await otherEnded).toMatchObject({ outcome: 'rotated' })
    sleeper.tab.frozen = false
    expect(await world.run(ended)).toMatchObject({ outcome: 'adopted' })
    expect(sleeper.sent).toEqual([])
  })

  test('a record that cannot be reached is a failure of this tab alone', async () => {
    const { world, grant } = setUp(async () => answer)
    world.disk.fault = () => 'UnknownError'
    expect(await world.run(grant({ serves: false }))).toMatchObject({
      outcome: 'failed',
      stored: null,
      failure: { attempts: 1 },
      code: 'refresh_token_unavailable',
    })
  })
})
