import type { Page } from '@playwright/test'
import { heard, poll, seenByAll, settled, signIn, snapshotsOf } from '../src/tabs.ts'
import { ADA, BOB, CLIENT_VERSIONS, expect, test, type World } from '../src/world.ts'

const HELD_MS = 60 * 1000 // longer than any test: ended by release()

async function midGrant(world: World, tabs: readonly Page[]): Promise<[Page, Page]> {
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  world.fault({ kind: 'delay-answer', delayMs: HELD_MS })
  await one.evaluate(() => {
    app.coordinator?.refresh().catch(() => {})
  })
  await poll(() => world.refreshes().length).toBe(1)
  return [one, other]
}

/** The answer arrives, and the tab whose grant it was has heard it. */
async function answerArrives(world: World, tabs: readonly Page[]) {
  world.release()
  const ends = async () => {
    const lists = await Promise.all(
      tabs.map((tab) =>
        tab.evaluate(() =>
          app.diagnostics.flatMap((each) => (each.type === 'grant-ended' ? [each.outcome] : [])),
        ),
      ),
    )
    return lists.flat()
  }
  await poll(ends).toEqual(['superseded'])
}

for (const client of CLIENT_VERSIONS) {
  test.describe(`client ${client}, while a grant is in flight`, () => {
    test('a sign-out wins in all tabs', async ({ world }) => {
      const tabs = await world.openMany(5, { client })
      const [, other] = await midGrant(world, tabs)
      expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
      await poll(async () => (await snapshotsOf(tabs)).map(({ reason }) => reason)).toEqual(
        tabs.map((tab) => (tab === other ? 'signed-out' : 'signed-out-elsewhere')),
      )
      await answerArrives(world, tabs)
      expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => false))
      for (const tab of tabs) {
        await poll(() => heard(tab, 'SIGNED_OUT')).toBe(1)
      }
      await other.reload()
      expect((await seenByAll([other])).map(({ signedIn }) => signedIn)).toEqual([false])
    })

    test("another user's sign-in wins in all tabs", async ({ world }) => {
      const tabs = await world.openMany(5, { client })
      const [, other] = await midGrant(world, tabs)
      await signIn(other, BOB)
      await settled(tabs)
      await answerArrives(world, tabs)
      const seen = await seenByAll(tabs)
      expect(seen.map(({ email }) => email)).toEqual(tabs.map(() => BOB.email))
      expect(new Set(seen.map(({ token }) => token)).size).toBe(1)
      await other.reload()
      expect((await seenByAll([other])).map(({ email }) => email)).toEqual([BOB.email])
    })
  })
}
