import { describe, expect, test } from 'vitest'
import { snapshotOf } from './snapshot.ts'
import type { State } from './state.ts'
import { endedIn, failureOf, leader, stateOf, viewIn } from './testing/states.ts'

describe('the snapshot', () => {
  test.each<[State['kind'], string]>([
    ['idle', 'loading'],
    ['loading', 'loading'],
    ['ready', 'signed-in'],
    ['failing', 'signed-in'],
    ['asking', 'signed-in'],
    ['granting', 'signed-in'],
    ['suspended', 'signed-in'],
    ['signed-out', 'signed-out'],
  ])('of a tab that is %s is %s', (kind, status) => {
    expect(snapshotOf<never>(stateOf[kind] as never, null).status).toBe(status)
  })

  test('says who leads, in which generation', () => {
    expect(snapshotOf<never>({ ...stateOf.ready, tab: leader } as never, null)).toMatchObject({
      role: 'leader',
      generation: 5,
    })
  })

  test('says why there is no session', () => {
    const state: State = { ...stateOf['signed-out'], view: endedIn(5, { endReason: 'revoked' }) }
    expect(snapshotOf(state, null)).toEqual({
      status: 'signed-out',
      role: 'follower',
      generation: 5,
      reason: 'revoked',
    })
  })

  test('says since when refreshing fails, also while the next attempt runs', () => {
    const failure = failureOf()
    const view = { ...viewIn(5), failure }
    expect(snapshotOf({ ...stateOf.failing, view }, null)).toMatchObject({ refreshFailing: failure })
    expect(snapshotOf({ ...stateOf.granting, view }, null)).toMatchObject({ refreshFailing: failure })
    expect(snapshotOf<never>(stateOf.ready as never, null)).toMatchObject({ refreshFailing: null })
  })

  test('is the same object while nothing in it changes', () => {
    const first = snapshotOf<never>(stateOf.ready as never, null)
    const { view } = stateOf.ready
    const same: State[] = [
      { ...stateOf.ready, wakeAtMs: 1 },
      { ...stateOf.asking, view },
      { ...stateOf.granting, view },
      { ...stateOf.ready, tab: { leads: false, visible: false } },
      { ...stateOf.suspended, before: stateOf.ready },
    ]
    for (const state of same) expect(snapshotOf<never>(state as never, first)).toBe(first)
  })

  test('is a new object when something in it changes', () => {
    const { ready } = stateOf
    const first = snapshotOf<never>(ready as never, null)
    const others: State[] = [
      { ...ready, tab: leader },
      { ...ready, view: viewIn(6) },
      { ...stateOf.failing, view: { ...ready.view, failure: failureOf() } },
      stateOf['signed-out'],
    ]
    for (const state of others) expect(snapshotOf<never>(state as never, first)).not.toBe(first)
  })
})
