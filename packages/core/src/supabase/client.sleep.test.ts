import { createClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { coordinate } from './coordination.ts'
import { clientWorlds, KEY, sessionOf } from './testing/client-pages.ts'
import { isGrant, json } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const HOUR_MS = 60 * 60 * 1000

const world = clientWorlds()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('a page that is frozen while auth-js reads an answer asks for the session again, and has a valid token', async () => {
  const { url, server, add } = world()
  const { coordinator, fetch, options, attach } = coordinate(url, KEY, { global: { fetch: server.fetch } })
  let isAsleep = false
  let wake = () => {}
  const awake = new Promise<void>((resolve) => {
    wake = resolve
  })
  const slow: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    if (String(input).includes('grant_type=refresh_token') && !isAsleep) {
      isAsleep = true
      await awake
    }
    return answer
  }
  coordinator.start()
  const client = createClient(url, KEY, { ...options, global: { fetch: slow } })
  attach(client)
  const page = add(client.auth, coordinator)
  // Within the margin in which auth-js asks for a newer one.
  server.override = ({ path }) => (path.includes('password') ? json(server.signIn('ada', 60)) : undefined)
  const old = await page.signIn()

  const pending = page.auth.getSession()
  await vi.waitFor(() => expect(isAsleep).toBe(true))
  vi.setSystemTime(Date.now() + HOUR_MS)
  await coordinator.refresh()
  wake()

  const { data } = await pending
  expect(data.session?.access_token).toBe(sessionOf(page).access_token)
  expect(data.session?.access_token).not.toBe(old.access_token)
  expect(server.sent.filter(isGrant)).toHaveLength(1)
})
