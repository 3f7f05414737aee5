import { expect, test, vi } from 'vitest'
import { clientWorlds, sessionOf } from './testing/client-pages.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

test('a module that is replaced makes the client again, once it has closed the coordinator', async () => {
  const { open } = world()
  const before = open()
  const { user } = await before.signIn()
  expect(() => open()).toThrow(expect.objectContaining({ code: 'name_in_use' }))
  // Not awaited: nobody waits between the two modules.
  void before.coordinator.close()
  const after = open()
  expect((await after.auth.getSession()).data.session?.user.id).toBe(user.id)
  await after.coordinator.refresh()
  expect(sessionOf(after).user.id).toBe(user.id)
})
