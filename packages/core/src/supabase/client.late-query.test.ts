import { createClient } from '@supabase/supabase-js'
import { describe, expect, test, vi } from 'vitest'
import type { Fetch } from '../adapters/fetch.ts'
import { coordinate } from './coordination.ts'
import { clientWorlds, KEY, sessionOf } from './testing/client-pages.ts'
import { json } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

declare const process: Record<
  'on' | 'off',
  (type: 'unhandledRejection', listener: (error: unknown) => void) => void
>

const world = clientWorlds()

interface Query {
  readonly bearer: string
  readonly init: RequestInit
}

const EXPIRED = json({ code: 'PGRST303', message: 'JWT expired' }, 401)

/** An app that is signed in, and a server that answers its queries. */
const open = async () => {
  const { url, server, add } = world()
  const queries: Query[] = []
  let onQuery = async (_: Query): Promise<Response> => json([])
  const send: Fetch = (input, init = {}) => {
    if (String(input).startsWith(`${url}/auth/`)) return server.fetch(input, init)
    const authorization = new Headers(init.headers).get('Authorization') ?? ''
    const query = { bearer: authorization.slice('Bearer '.length), init }
    queries.push(query)
    return onQuery(query)
  }
  const { coordinator, options, attach } = coordinate(url, KEY, { global: { fetch: send } })
  coordinator.start()
  const supabase = createClient(url, KEY, options)
  attach(supabase)
  const page = add(supabase.auth, coordinator)
  const { access_token } = await page.signIn()
  return {
    ...page,
    server,
    supabase,
    queries,
    first: access_token,
    /** Refuses what comes with this token, while `meanwhile` happens. */
    refuse(token: string, meanwhile: () => Promise<unknown>, refusal = EXPIRED) {
      onQuery = async ({ bearer, init }) => {
        init.signal?.throwIfAborted()
        if (bearer !== token) return json([{ text: 'a note' }])
        await meanwhile()
        return refusal === EXPIRED ? EXPIRED.clone() : refusal
      }
    },
  }
}

describe('a query that is refused, since its token expired on the way', () => {
  test('is sent once more, with the token that there is by now', async () => {
    const page = await open()
    page.refuse(page.first, () => page.coordinator.refresh())
    const { data, error } = await page.supabase.from('notes').insert({ text: 'a note' }).select()
    expect(error).toBeNull()
    expect(data).toEqual([{ text: 'a note' }])
    expect(page.queries.map(({ bearer }) => bearer)).toEqual([page.first, sessionOf(page).access_token])
    const [before, again] = page.queries.map(({ init }) => init)
    expect(again?.body).toBe(before?.body)
    expect(new Headers(again?.headers).get('apikey')).toBe(KEY)
  })

  test('is not sent again while there is no other token, and nothing is refreshed for its sake', async () => {
    const page = await open()
    page.refuse(page.first, async () => {})
    const { error } = await page.supabase.from('notes').select()
    expect(error?.code).toBe('PGRST303')
    expect(page.queries).toHaveLength(1)
    expect(page.server.grants()).toHaveLength(0)
  })

  test('is not sent a third time', async () => {
    const page = await open()
    const refused: string[] = []
    page.refuse(page.first, async () => {
      const { access_token } = await page.coordinator.refresh()
      refused.push(access_token)
      page.refuse(access_token, () => page.coordinator.refresh())
    })
    const { error } = await page.supabase.from('notes').select()
    expect(error?.code).toBe('PGRST303')
    expect(page.queries.map(({ bearer }) => bearer)).toEqual([page.first, ...refused])
  })

  test("is never sent with another user's token", async () => {
    const page = await open()
    page.refuse(page.first, () => page.coordinator.signIn(page.server.signIn('eve')))
    const { error } = await page.supabase.from('notes').delete().eq('id', 1)
    expect(error?.code).toBe('PGRST303')
    expect(page.queries).toHaveLength(1)
  })

  test('is refused once the user has signed out', async () => {
    const page = await open()
    page.refuse(page.first, () => page.coordinator.signOut())
    const { error } = await page.supabase.from('notes').select()
    expect(error?.code).toBe('PGRST303')
    expect(page.queries).toHaveLength(1)
  })

  test('of a caller who has given up meanwhile is over, and leaves no rejection unhandled', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    const page = await open()
    const caller = new AbortController()
    // As the browser has it, the body of an answer fails with its request.
    const body = new ReadableStream({
      start: (stream) => caller.signal.addEventListener('abort', () => stream.error(caller.signal.reason)),
    })
    const giveUp = async () => {
      await page.coordinator.refresh()
      caller.abort()
    }
    page.refuse(page.first, giveUp, new Response(body, { status: 401 }))
    const { error } = await page.supabase.from('notes').select().abortSignal(caller.signal)
    await page.settle()
    process.off('unhandledRejection', note)
    expect(error?.message).toContain('AbortError')
    expect(unhandled).toEqual([])
  })

  test('keeps its refusal if its body can be read only once', async () => {
    const page = await open()
    page.refuse(page.first, () => page.coordinator.refresh())
    const body = new Blob(['a file']).stream()
    const { error } = await page.supabase.storage.from('files').upload('name', body, { duplex: 'half' })
    expect(error).not.toBeNull()
    expect(page.queries).toHaveLength(1)
  })

  test("keeps its refusal if it has a token of the app's own", async () => {
    const page = await open()
    page.refuse('of the app', () => page.coordinator.refresh())
    const { error } = await page.supabase
      .from('notes')
      .select()
      .setHeader('Authorization', 'Bearer of the app')
    expect(error?.code).toBe('PGRST303')
    expect(page.queries).toHaveLength(1)
  })
})
