import { ADA, BOB } from '../../src/stage.ts'
import { heard, poll, seenByAll, settled, signIn, snapshotsOf } from '../../src/tabs.ts'
import { CLIENTS } from '../clients.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const HELD_MS = 60 * 1000 // longer than any test: ended by release()

async function midGrant(scene: Scene, tabs: readonly EngineTab[]): Promise<[EngineTab, EngineTab]> {
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  scene.fault({ kind: 'delay-answer', delayMs: HELD_MS })
  await one.evaluate(() => {
    app.coordinator?.refresh().catch(() => {})
  })
  await poll(() => scene.refreshes().length).toBe(1)
  return [one, other]
}

/** The answer arrives, and the tab whose grant it was has heard it. */
async function answerArrives(scene: Scene, tabs: readonly EngineTab[]) {
  scene.release()
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

test.describe('7. a sign-out while a grant is in flight', () => {
  for (const [client, details] of CLIENTS) {
    test(`client ${client}: it wins in all tabs`, details, async ({ scene }) => {
      const tabs = await scene.openMany(5, { client })
      const [, other] = await midGrant(scene, tabs)
      expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
      await poll(async () => (await snapshotsOf(tabs)).map(({ reason }) => reason)).toEqual(
        tabs.map((tab) => (tab === other ? 'signed-out' : 'signed-out-elsewhere')),
      )
      await answerArrives(scene, tabs)
      expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => false))
      for (const tab of tabs) {
        await poll(() => heard(tab, 'SIGNED_OUT')).toBe(1)
      }
      await other.reload()
      expect((await seenByAll([other])).map(({ signedIn }) => signedIn)).toEqual([false])
    })
  }
})

test.describe('8. another user signs in while a grant is in flight', () => {
  for (const [client, details] of CLIENTS) {
    test(`client ${client}: the new user wins in all tabs`, details, async ({ scene }) => {
      const tabs = await scene.openMany(5, { client })
      const [, other] = await midGrant(scene, tabs)
      await signIn(other, BOB)
      await settled(tabs)
      await answerArrives(scene, tabs)
      const seen = await seenByAll(tabs)
      expect(seen.map(({ email }) => email)).toEqual(tabs.map(() => BOB.email))
      expect(new Set(seen.map(({ token }) => token)).size).toBe(1)
      await other.reload()
      expect((await seenByAll([other])).map(({ email }) => email)).toEqual([BOB.email])
    })
  }
})
