import { createClient } from '@supabase/supabase-js'
import { describe, expect, test, vi } from 'vitest'
import { clientWorlds, KEY, outcomeOf, sessionOf } from './testing/client-pages.ts'
import { json, type SentRequest } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

const unreachable: [string, () => Response][] = [
  [
    'a network error',
    () => {
      throw new TypeError('Failed to fetch')
    },
  ],
  ['an answer 500', () => json({ code: 'unexpected_failure', message: '' }, 500)],
  ['an answer 503', () => json({}, 503)],
]

const isLogout = ({ path }: SentRequest): boolean => path.startsWith('/logout')

describe('signOut() that comes to nothing', () => {
  test.each(unreachable)('by %s returns an error, and keeps the session', async (_, fail) => {
    const { server, open } = world()
    const page = open()
    const before = await page.signIn()
    server.override = (request) => (isLogout(request) ? fail() : undefined)
    const { error } = await page.auth.signOut()
    await page.settle()
    expect(server.sent.filter(isLogout)).toHaveLength(1)
    expect(error).not.toBeNull()
    expect(page.heard).toEqual([])
    expect(sessionOf(page).access_token).toBe(before.access_token)
    expect((await page.auth.refreshSession()).error).toBeNull()
    expect(server.grants()).toEqual([server.issued[0]])
    server.override = () => undefined
    expect(await page.auth.signOut()).toEqual({ error: null })
    expect(outcomeOf(page)).toBe('signed-out')
  })

  test.each(unreachable)('by %s does without Solotab as it does with it', async (_, fail) => {
    const { url, server, storageKey, open } = world()
    server.override = (request) => (isLogout(request) ? fail() : undefined)
    const outcomeIn = async (auth: ReturnType<typeof createClient>['auth']) => {
      await auth.signInWithPassword({ email: 'ada', password: 'secret' })
      const { error } = await auth.signOut()
      const { data } = await auth.getSession()
      return { error: error?.name, status: error?.status, kept: data.session !== null }
    }
    const plain = createClient(url, KEY, {
      auth: { storageKey: `${storageKey}-plain` },
      global: { fetch: server.fetch },
    })
    const expected = await outcomeIn(plain.auth)
    await plain.auth.dispose()
    expect(expected).toMatchObject({ error: expect.any(String), kept: true })
    expect(await outcomeIn(open().auth)).toEqual(expected)
  })

  test.each(unreachable)('by %s: coordinator.signOut() signs out all the same', async (_, fail) => {
    const { server, open } = world()
    const page = open()
    await page.signIn()
    server.override = (request) => (isLogout(request) ? fail() : undefined)
    await page.coordinator.signOut()
    expect(server.sent.filter(isLogout)).toHaveLength(1)
    expect(outcomeOf(page)).toBe('signed-out')
    expect((await page.auth.getSession()).data.session).toBeNull()
  })
})
