import { freeze } from '../src/lifecycle.ts'
import { leaderOf, settled, signIn, stayInTransaction } from '../src/tabs.ts'
import { ADA, expect, test } from '../src/world.ts'

// Only there can a tab be frozen: it has to be hidden.
test.use({ asUsersHaveIt: true })

test('a tab that is frozen in the middle of a transaction keeps nobody from the record', async ({
  world,
}) => {
  const tabs = await world.openMany(3)
  const [first] = tabs
  if (!first) throw new Error('No tabs.')
  await signIn(first, ADA)
  const before = await settled(tabs)
  const { leader, followers } = await leaderOf(tabs)
  const [other] = followers
  // As on a slow machine: the leader's next transaction stays open, and is still open when the tab is frozen.
  await stayInTransaction(leader)
  await other?.bringToFront()
  const thaw = await freeze(leader)
  expect(await other?.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  const after = await settled(followers, before.generation + 1)
  await thaw()
  // It does its transaction again, and finds what the others have done.
  expect(await settled(tabs, after.generation)).toMatchObject({ token: after.token })
  expect(world.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
    { outcome: 'rotated', reuse: false },
  ])
})

test('a tab that hears of a sign-in while it is frozen keeps nobody from the record', async ({ world }) => {
  const tabs = await world.openMany(3)
  const [first, other] = tabs
  if (!first || !other) throw new Error('No tabs.')
  await signIn(first, ADA)
  await settled(tabs)
  await other.bringToFront()
  // Frozen pages hear messages: these make it want to look into the record.
  const thaw = await freeze(first)
  await other.evaluate(() => app.supabase.auth.signOut())
  await signIn(other, ADA)
  expect(await other.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  const late = await world.open()
  const awake = [other, late]
  const { token, generation } = await settled(awake)
  await thaw()
  expect(await settled(tabs, generation)).toMatchObject({ token })
})
