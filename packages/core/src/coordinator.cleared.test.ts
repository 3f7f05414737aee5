import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { leaderOf, reasonIn, tokensIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const _HOUR_MS = 60 * 60 * 1000
const _missing = () => 'InvalidStateError'
const _none = () => null

describe("this site's data cleared by the user", () => {
  test('the session ends with this reason, and another tab can sign in for all', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    await world.run(leaderOf(tabs).coordinator.refresh())
    world.disk.raw = undefined
    const asked = world.run(leaderOf(tabs).coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'session_missing' })
    await world.settle()
    expect(tabs.map(reasonIn)).toEqual(['storage-cleared', 'storage-cleared', 'storage-cleared'])
    await world.signIn(tabs[1] ?? NO_TAB)
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('a tab that is shown notices it, and a sign-in elsewhere still reaches everybody', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    await world.run(leaderOf(tabs).coordinator.refresh())
    world.disk.raw = undefined
    const [first = NO_TAB] = tabs
    first.hide()
    first.show()
    await world.settle()
    expect(reasonIn(first)).toBe('storage-cleared')
    await world.signIn(first)
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })
})
