import { expect, test } from 'vitest'
import type { LockEntry } from '../adapters/lock-list.ts'
import { leaderLock, othersIn, tabLock, tabOfClient } from './tab-lock.ts'

const entry = (name: string, client: string, changes: Partial<LockEntry> = {}): LockEntry => ({
  name,
  client,
  held: true,
  mode: 'exclusive',
  ...changes,
})

const place = (id: string, visible: boolean, take: number, changes?: Partial<LockEntry>) =>
  entry(tabLock('app', id, visible, take), `client-${id}`, changes)

test('a tab that is changing its lock is as the newest says, in whatever order they are listed', () => {
  const locks = [
    place('one', true, 9),
    place('one', false, 10),
    place('two', false, 3),
    place('two', true, 2),
  ]
  for (const list of [locks, [...locks].reverse()]) {
    const { tabs, locks: waits } = othersIn('app', 'self', list)
    expect(tabs.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
      { id: 'one', role: 'follower', visible: false },
      { id: 'two', role: 'follower', visible: false },
    ])
    expect(waits.toSorted()).toEqual([tabLock('app', 'one', false, 10), tabLock('app', 'two', false, 3)])
  }
})

test('the leader is who holds the lock, not who waits for it', () => {
  const locks = [
    place('one', true, 1),
    place('two', true, 1),
    entry(leaderLock('app'), 'client-one', { held: false }),
    entry(leaderLock('app'), 'client-two'),
  ]
  for (const list of [locks, [...locks].reverse()]) {
    const roles = othersIn('app', 'self', list).tabs.map(({ id, role }) => `${id} ${role}`)
    expect(roles.toSorted()).toEqual(['one follower', 'two leader'])
  }
})

test('one who waits for a lock, or has it after its tab has gone, is not that tab', () => {
  const locks = [
    place('gone', true, 1, { mode: 'shared', client: 'client-one' }),
    place('gone', true, 2, { held: false, client: 'client-one' }),
    place('self', true, 1),
  ]
  expect(othersIn('app', 'self', locks)).toEqual({ tabs: [], locks: [] })
  expect([...tabOfClient('app', locks)]).toEqual([['client-self', 'self']])
})

test('the tabs of a coordinator whose name begins alike are none of ours', () => {
  const locks = [entry(tabLock('app:tab:x', 'one', true, 1), 'client-one')]
  expect(othersIn('app', 'self', locks).tabs).toEqual([])
})
