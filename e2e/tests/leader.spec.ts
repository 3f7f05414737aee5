import type { Page } from '@playwright/test'
import { crash, freeze } from '../src/lifecycle.ts'
import { heard, leaderOf, poll, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, expect, type TabOptions, test, type World } from '../src/world.ts'

const TABS = 5
const HELD_MS = 60 * 1000 // longer than any test: ended by release()

const refresh = (tab: Page) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null)

async function tabsWithLeader(world: World, options?: TabOptions) {
  const tabs = await world.openMany(TABS, options)
  const [first] = tabs
  if (!first) throw new Error('No tabs.')
  await signIn(first, ADA)
  await settled(tabs)
  return leaderOf(tabs)
}

/** The leader's grant is committed by the server; its answer is under way. */
async function midGrant(world: World, leader: Page) {
  world.fault({ kind: 'delay-answer', delayMs: HELD_MS })
  await leader.evaluate(() => {
    app.coordinator?.refresh().catch(() => {})
  })
  await poll(() => world.refreshes().length).toBe(1)
}

async function expectNobodyWasSignedOut(tabs: readonly Page[]) {
  for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
}

test.describe('the leader is lost while its grant is in flight', () => {
  for (const [how, lose] of [
    ['closed', (tab: Page) => tab.close()],
    ['crashed', crash],
  ] as const) {
    test(`${how}: a tab that waits for the grant takes over`, async ({ world }) => {
      const { leader, followers } = await tabsWithLeader(world)
      const before = await snapshotOf(leader)
      await midGrant(world, leader)
      const waits = Promise.all(followers.map(refresh))
      await lose(leader)
      expect(await waits).toEqual(followers.map(() => null))
      const after = await settled(followers)
      expect(after.token).not.toBe(before.token)
      expect(world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated', 'answered-again'])
      await leaderOf(followers)
      await expectNobodyWasSignedOut(followers)
    })

    test(`${how}: the next leader finishes the grant though no tab waits for it`, async ({ world }) => {
      const { leader, followers } = await tabsWithLeader(world)
      const before = await snapshotOf(leader)
      await midGrant(world, leader)
      await lose(leader)
      await leaderOf(followers)
      await poll(() => world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated', 'answered-again'])
      const after = await settled(followers, before.generation + 1)
      expect(after.token).not.toBe(before.token)
      await expectNobodyWasSignedOut(followers)
    })
  }

  test('closed and no other tab is open: the next tab finishes the grant', async ({ world }) => {
    const alone = await world.open()
    await signIn(alone, ADA)
    const before = await snapshotOf(alone)
    await midGrant(world, alone)
    await alone.close()
    const next = await world.open()
    await poll(() => world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated', 'answered-again'])
    const after = await settled([next], before.generation + 1)
    expect(after.token).not.toBe(before.token)
    expect(await heard(next, 'SIGNED_OUT')).toBe(0)
  })
})

test.describe('the leader is frozen', () => {
  // Only there can a tab be frozen: it has to be hidden.
  test.use({ asUsersHaveIt: true })

  test("while its grant is in flight: the others go on after the intent's deadline, and it stands down when it wakes", async ({
    world,
  }) => {
    const { leader, followers } = await tabsWithLeader(world, { requestTimeoutMs: 1000 })
    await midGrant(world, leader)
    await followers[0]?.bringToFront()
    const thaw = await freeze(leader)
    expect(await Promise.all(followers.map(refresh))).toEqual(followers.map(() => null))
    const after = await settled(followers)
    expect(world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated', 'answered-again'])
    await thaw()
    world.release()
    await poll(async () => (await snapshotOf(leader)).token).toBe(after.token)
    const ends = () =>
      leader.evaluate(() =>
        app.diagnostics.flatMap((each) => (each.type === 'grant-ended' ? [each.outcome] : [])),
      )
    await poll(ends).toEqual(['superseded'])
    expect(await settled([leader, ...followers])).toMatchObject({ generation: after.generation })
    expect(world.refreshes()).toHaveLength(2)
    await expectNobodyWasSignedOut([leader, ...followers])
  })

  test('while idle: a follower makes the grant itself, and the leader has it when it wakes', async ({
    world,
  }) => {
    const { leader, followers } = await tabsWithLeader(world)
    await followers[0]?.bringToFront()
    const thaw = await freeze(leader)
    expect(await Promise.all(followers.map(refresh))).toEqual(followers.map(() => null))
    const after = await settled(followers)
    expect(world.refreshes()).toHaveLength(1)
    await thaw()
    expect(await settled([leader, ...followers])).toMatchObject({
      generation: after.generation,
      token: after.token,
    })
    expect(world.refreshes()).toHaveLength(1)
    await expectNobodyWasSignedOut([leader, ...followers])
  })
})
