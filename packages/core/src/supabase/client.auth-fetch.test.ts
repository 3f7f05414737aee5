import { expect, test, vi } from 'vitest'
import { createAuthFetch } from '../fetch/auth-fetch.ts'
import { type ClientPage, clientWorlds, sessionOf } from './testing/client-pages.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()
const API = 'https://api.test'

/** Sends a request that the API refuses, while `meanwhile` happens, and accepts from anybody else. */
const request = async (page: ClientPage, meanwhile: () => Promise<unknown>) => {
  const first = sessionOf(page).access_token
  const bearers: string[] = []
  vi.stubGlobal('fetch', async ({ headers }: Request) => {
    const bearer = (headers.get('Authorization') ?? '').slice('Bearer '.length)
    bearers.push(bearer)
    if (bearer !== first) return new Response(null, { status: 201 })
    await meanwhile()
    return new Response(null, { status: 401 })
  })
  const authFetch = createAuthFetch(page.coordinator, { origins: [API] })
  const { status } = await authFetch(`${API}/notes`, { method: 'POST', body: "ada's diary" })
  return { first, bearers, status }
}

test.each([
  ['has signed in meanwhile', false],
  ['has signed in after a sign-out meanwhile', true],
])("a request with one user's token is not repeated with that of another, who %s", async (_, signsOut) => {
  const { server, open } = world()
  const page = open()
  await page.signIn('ada')
  const { first, bearers, status } = await request(page, async () => {
    if (signsOut) await page.coordinator.signOut()
    await page.coordinator.signIn(server.signIn('bob'))
  })
  expect(sessionOf(page).user.id).toBe('bob')
  expect([status, bearers]).toEqual([401, [first]])
  expect(server.grants()).toEqual([])
})

test('a request is repeated with a newer token of the same sign-in', async () => {
  const page = world().open()
  await page.signIn('ada')
  const { first, bearers, status } = await request(page, () => page.coordinator.refresh())
  expect([status, bearers]).toEqual([201, [first, sessionOf(page).access_token]])
})
