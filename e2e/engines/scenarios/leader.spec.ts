import type { TabOptions } from '../../src/stage.ts'
import { ADA } from '../../src/stage.ts'
import { heard, leaderOf, poll, settled, signIn, snapshotOf } from '../../src/tabs.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const TABS = 5
const HELD_MS = 60 * 1000 // longer than any scenario: ended by release()

const refresh = (tab: EngineTab) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null)

async function tabsWithLeader(scene: Scene, options?: TabOptions) {
  const tabs = await scene.openMany(TABS, options)
  const [first] = tabs
  if (!first) throw new Error('No tabs.')
  await signIn(first, ADA)
  await settled(tabs)
  return leaderOf(tabs)
}

/** The leader's grant is committed by the server; its answer is under way. */
async function midGrant(scene: Scene, leader: EngineTab) {
  scene.fault({ kind: 'delay-answer', delayMs: HELD_MS })
  await leader.evaluate(() => {
    app.coordinator?.refresh().catch(() => {})
  })
  await poll(() => scene.refreshes().length).toBe(1)
}

async function expectNobodyWasSignedOut(tabs: readonly EngineTab[]) {
  for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
}

const outcomes = (scene: Scene) => scene.refreshes().map(({ outcome }) => outcome)

for (const [how, needs, lose] of [
  ['closed', null, (_scene: Scene, tab: EngineTab) => tab.close()],
  ['crashed', 'crash', (scene: Scene, tab: EngineTab) => scene.browser.crash(tab)],
] as const) {
  test.describe(`4. the leader is ${how} while its grant is in flight`, () => {
    test.use({ needs })

    test('a tab that waits for the grant takes over', async ({ scene }) => {
      const { leader, followers } = await tabsWithLeader(scene)
      const before = await snapshotOf(leader)
      await midGrant(scene, leader)
      const waits = Promise.all(followers.map(refresh))
      await lose(scene, leader)
      expect(await waits).toEqual(followers.map(() => null))
      const after = await settled(followers)
      expect(after.token).not.toBe(before.token)
      expect(outcomes(scene)).toEqual(['rotated', 'answered-again'])
      await leaderOf(followers)
      await expectNobodyWasSignedOut(followers)
    })

    test('the next leader finishes the grant though no tab waits for it', async ({ scene }) => {
      const { leader, followers } = await tabsWithLeader(scene)
      const before = await snapshotOf(leader)
      await midGrant(scene, leader)
      await lose(scene, leader)
      await leaderOf(followers)
      await poll(() => outcomes(scene)).toEqual(['rotated', 'answered-again'])
      const after = await settled(followers, before.generation + 1)
      expect(after.token).not.toBe(before.token)
      await expectNobodyWasSignedOut(followers)
    })
  })
}

test.describe('4. the only tab is closed while its grant is in flight', () => {
  test('the next tab finishes the grant', async ({ scene }) => {
    const alone = await scene.open()
    await signIn(alone, ADA)
    const before = await snapshotOf(alone)
    await midGrant(scene, alone)
    await alone.close()
    const next = await scene.open()
    await poll(() => outcomes(scene)).toEqual(['rotated', 'answered-again'])
    const after = await settled([next], before.generation + 1)
    expect(after.token).not.toBe(before.token)
    expect(await heard(next, 'SIGNED_OUT')).toBe(0)
  })
})

test.describe('4. the leader is frozen', () => {
  test.use({ needs: 'freeze' })

  /** Only hidden tabs are frozen. */
  const freeze = async (scene: Scene, leader: EngineTab, [other]: readonly EngineTab[]) => {
    if (other) await scene.browser.show(other)
    return scene.browser.freeze(leader)
  }

  test("while its grant is in flight: the others go on after the intent's deadline, and it stands down when it wakes", async ({
    scene,
  }) => {
    const { leader, followers } = await tabsWithLeader(scene, { requestTimeoutMs: 1000 })
    await midGrant(scene, leader)
    const thaw = await freeze(scene, leader, followers)
    expect(await Promise.all(followers.map(refresh))).toEqual(followers.map(() => null))
    const after = await settled(followers)
    expect(outcomes(scene)).toEqual(['rotated', 'answered-again'])
    await thaw()
    scene.release()
    await poll(async () => (await snapshotOf(leader)).token).toBe(after.token)
    const ends = () =>
      leader.evaluate(() =>
        app.diagnostics.flatMap((each) => (each.type === 'grant-ended' ? [each.outcome] : [])),
      )
    await poll(ends).toEqual(['superseded'])
    expect(await settled([leader, ...followers])).toMatchObject({ generation: after.generation })
    expect(scene.refreshes()).toHaveLength(2)
    await expectNobodyWasSignedOut([leader, ...followers])
  })

  test('while idle: a follower makes the grant itself, and the leader has it when it wakes', async ({
    scene,
  }) => {
    const { leader, followers } = await tabsWithLeader(scene)
    const thaw = await freeze(scene, leader, followers)
    expect(await Promise.all(followers.map(refresh))).toEqual(followers.map(() => null))
    const after = await settled(followers)
    expect(scene.refreshes()).toHaveLength(1)
    await thaw()
    expect(await settled([leader, ...followers])).toMatchObject({
      generation: after.generation,
      token: after.token,
    })
    expect(scene.refreshes()).toHaveLength(1)
    await expectNobodyWasSignedOut([leader, ...followers])
  })
})
