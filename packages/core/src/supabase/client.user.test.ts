import { expect, test, vi } from 'vitest'
import { clientWorlds, outcomeOf, sessionOf } from './testing/client-pages.ts'
import { isGrant, json } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

test('updateUser() works where the session that there is has no user', async () => {
  const { url, server, open } = world()
  const page = open()
  await page.signIn('ada')
  server.override = async (request) => {
    if (!isGrant(request)) return undefined
    server.override = () => undefined
    const body = JSON.stringify(request.body)
    const granted = await server.fetch(`${url}/auth/v1${request.path}`, { method: 'POST', body })
    const { user, ...bare } = await granted.json()
    return json(bare)
  }
  expect((await page.auth.refreshSession()).error).toBeNull()
  expect(sessionOf(page).user).toBeUndefined()
  const { data, error } = await page.auth.updateUser({ data: { theme: 'dark' } })
  expect(error).toBeNull()
  expect(data.user).toMatchObject({ id: 'ada', user_metadata: { theme: 'dark' } })
  expect(outcomeOf(page)).toBe('signed-in')
})

test('updateUser() that is answered without a user, after a sign-out elsewhere, brings nothing back', async () => {
  const { server, open } = world()
  const page = open()
  await page.signIn('ada')
  server.override = async ({ method }) => {
    if (method !== 'PUT') return undefined
    await page.coordinator.signOut()
    return json({})
  }
  expect((await page.auth.updateUser({ data: { theme: 'dark' } })).error).toBeNull()
  await page.settle()
  expect(outcomeOf(page)).toBe('signed-out')
  expect((await page.auth.getSession()).data.session).toBeNull()
})
