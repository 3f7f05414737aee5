import { expect, test, vi } from 'vitest'
import { clientWorlds, outcomeOf, sessionOf } from './testing/client-pages.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()
// It need not be loaded first, which takes its time.
await import('./earlier-session.ts')

test.each([
  ['a stored session', false],
  ['a session from before the app had Solotab', true],
])('a page that goes to the back-forward cache while it loads has %s when it is back', async (_, earlier) => {
  const { server, items, storageKey, open } = world()
  if (earlier) items.set(storageKey, JSON.stringify(server.signIn('ada')))
  else {
    const before = open()
    await before.signIn('ada')
    await before.coordinator.close()
  }
  const page = open()
  expect(outcomeOf(page)).toBe('loading')
  window.dispatchEvent(new Event('pagehide'))
  await page.settle()
  // Nobody is told that there is no session, before that is known.
  expect(page.heard).toEqual([])
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  const { data } = await page.auth.getSession()
  expect(data.session?.user.id).toBe('ada')
  expect(data.session?.access_token).toBe(sessionOf(page).access_token)
  await vi.waitFor(() => expect(page.heard).toContain('INITIAL_SESSION'))
  expect(page.heard).not.toContain('SIGNED_OUT')
  expect(items.has(storageKey)).toBe(false)
})
