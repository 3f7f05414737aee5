import type { Page } from '@playwright/test'
import { poll, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, BOB, expect, test } from '../src/world.ts'

/** Deletes all databases, as apps do that clear up after a sign-out; tells how that went. */
const deleteDatabases = (page: Page) =>
  page.evaluate(async () => {
    const outcomes: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      await new Promise<void>((resolve) => {
        const request = indexedDB.deleteDatabase(name)
        const end = (outcome: string) => () => {
          outcomes.push(`${name}: ${outcome}`)
          resolve()
        }
        request.onblocked = end('blocked')
        request.onsuccess = end('deleted')
        request.onerror = end('failed')
      })
    }
    return outcomes
  })

test('a page that has the database open keeps nobody from deleting it, and no new tab from a session', async ({
  world,
}) => {
  const [one, other] = await world.openMany(2)
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled([one, other])
  await other.evaluate(() => app.supabase.auth.signOut())
  for (const tab of [one, other]) await poll(async () => (await snapshotOf(tab)).status).toBe('signed-out')

  expect(await deleteDatabases(one)).toEqual(['solotab: deleted'])
  const late = await world.open()
  await poll(async () => (await snapshotOf(late)).status).toBe('signed-out')
  await signIn(late, BOB)
  const tabs = [one, other, late]
  const { generation } = await settled(tabs)
  expect(await one.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  await settled(tabs, generation + 1)

  // What is signed in comes from the new database, and not from a tab's memory.
  for (const tab of tabs) {
    const codes = await tab.evaluate(() => app.diagnostics.filter(({ type }) => type === 'storage-failed'))
    expect(codes).toEqual([])
  }
  await Promise.all(tabs.map((tab) => tab.close()))
  const last = await world.open()
  expect(await settled([last])).toMatchObject({ generation: generation + 1 })
})
