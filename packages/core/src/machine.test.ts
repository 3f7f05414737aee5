import { describe, expect, test } from 'vitest'
import type { EventBody } from './events.ts'
import { transition } from './machine.ts'
import type { State } from './state.ts'
import { endedIn, NOW_MS, stateOf, viewIn } from './testing/states.ts'

type Kind = State['kind']
type EventType = EventBody['type']

/** The kind that follows, and the effects in their order. `=`: nothing happens, the state is the same object. */
type Expected = '=' | readonly [Kind, ...string[]]

/** One event of each type, of the sort that matters most. Variants are in the files beside this one. */
const eventOf: { readonly [T in EventType]: Extract<EventBody, { type: T }> } = {
  started: { type: 'started', visible: true },
  closed: { type: 'closed' },
  woke: { type: 'woke' },
  'record-read': { type: 'record-read', view: viewIn(6), since: viewIn(5) },
  'record-written': { type: 'record-written', view: viewIn(6) },
  'grant-ended': { type: 'grant-ended', outcome: 'rotated', view: viewIn(6), failure: null },
  'message-received': {
    type: 'message-received',
    message: { v: 1, from: 'other', type: 'session', ...viewIn(6) },
    plain: false,
  },
  'leadership-changed': { type: 'leadership-changed', leads: true },
  'tokens-wanted': { type: 'tokens-wanted', cause: 'forced' },
  'page-changed': { type: 'page-changed', fact: 'left' },
}

// A visible follower in generation 5 meets the sixth, or wants it.
const table: Record<Kind, Record<EventType, Expected>> = {
  idle: {
    started: ['loading', 'join', 'read-record'],
    closed: '=',
    woke: '=',
    'record-read': '=',
    'record-written': '=',
    'grant-ended': '=',
    'message-received': '=',
    'leadership-changed': '=',
    'tokens-wanted': '=',
    'page-changed': '=',
  },
  closed: {
    started: ['loading', 'join', 'read-record'],
    closed: '=',
    woke: '=',
    'record-read': '=',
    'record-written': '=',
    'grant-ended': '=',
    'message-received': '=',
    'leadership-changed': '=',
    'tokens-wanted': '=',
    'page-changed': '=',
  },
  loading: {
    started: '=',
    closed: ['closed', 'leave'],
    woke: ['signed-out'],
    'record-read': ['ready', 'post state-wanted'],
    'record-written': ['ready', 'post session'],
    'grant-ended': '=',
    'message-received': ['loading', 'read-record'],
    'leadership-changed': ['loading', 'report leadership'],
    'tokens-wanted': '=',
    'page-changed': ['suspended', 'leave'],
  },
  'signed-out': {
    started: '=',
    closed: ['closed', 'leave'],
    woke: '=',
    'record-read': ['ready', 'report adopted'],
    'record-written': ['ready', 'post session'],
    'grant-ended': ['ready', 'post session'],
    'message-received': ['signed-out', 'read-record'],
    'leadership-changed': ['signed-out', 'report leadership', 'read-record'],
    'tokens-wanted': '=',
    'page-changed': ['suspended', 'leave'],
  },
  ready: {
    started: '=',
    closed: ['closed', 'leave'],
    woke: ['asking', 'post grant-wanted'],
    'record-read': ['ready', 'report adopted'],
    'record-written': ['ready', 'post session'],
    'grant-ended': ['ready', 'post session'],
    'message-received': ['ready', 'report adopted', 'check-record'],
    'leadership-changed': ['ready', 'report leadership', 'read-record'],
    'tokens-wanted': ['asking', 'post grant-wanted'],
    'page-changed': ['suspended', 'leave'],
  },
  failing: {
    started: '=',
    closed: ['closed', 'leave'],
    woke: ['asking', 'post grant-wanted'],
    'record-read': ['ready', 'report adopted'],
    'record-written': ['ready', 'post session'],
    'grant-ended': ['ready', 'post session'],
    'message-received': ['ready', 'report adopted', 'check-record'],
    'leadership-changed': ['failing', 'report leadership', 'read-record'],
    'tokens-wanted': ['asking', 'post grant-wanted'],
    'page-changed': ['suspended', 'leave'],
  },
  asking: {
    started: '=',
    closed: ['closed', 'leave'],
    woke: ['granting', 'start-grant'],
    'record-read': ['ready', 'report adopted', 'cancel-grant'],
    'record-written': ['ready', 'cancel-grant', 'post session'],
    'grant-ended': ['ready', 'post session'],
    'message-received': ['ready', 'report adopted', 'cancel-grant', 'check-record'],
    'leadership-changed': ['granting', 'report leadership', 'read-record', 'start-grant'],
    'tokens-wanted': '=',
    'page-changed': ['suspended', 'leave'],
  },
  granting: {
    started: '=',
    closed: ['closed', 'leave'],
    woke: '=',
    'record-read': ['ready', 'report adopted', 'cancel-grant'],
    'record-written': ['ready', 'cancel-grant', 'post session'],
    'grant-ended': ['ready', 'post session'],
    'message-received': ['ready', 'report adopted', 'cancel-grant', 'check-record'],
    'leadership-changed': ['granting', 'report leadership', 'read-record'],
    'tokens-wanted': '=',
    'page-changed': ['suspended', 'leave'],
  },
  suspended: {
    started: '=',
    closed: ['closed', 'leave'],
    woke: '=',
    'record-read': '=',
    'record-written': '=',
    'grant-ended': '=',
    'message-received': '=',
    'leadership-changed': '=',
    'tokens-wanted': '=',
    'page-changed': '=',
  },
}

const rows = Object.entries(table).flatMap(([kind, row]) =>
  Object.entries(row).map(([type, expected]) => ({
    kind: kind as Kind,
    type: type as EventType,
    expected,
    means: expected === '=' ? 'nothing' : expected.join(', '),
  })),
)

describe('the transition table', () => {
  test.each(rows)('$kind on $type: $means', ({ kind, type, expected }) => {
    const state: State = stateOf[kind]
    const [next, effects] = transition(state, { ...eventOf[type], nowMs: NOW_MS, random: 0.5 })
    const names = effects.map((effect) => {
      if (effect.type === 'report') return `report ${effect.event.type}`
      return effect.type === 'post' ? `post ${effect.body.type}` : effect.type
    })
    if (expected === '=') {
      expect(next).toBe(state)
      expect(names).toEqual([])
    } else expect([next.kind, ...names]).toEqual(expected)
  })

  test('ended sessions: every state that knows the record reports the end once', () => {
    for (const kind of ['ready', 'failing', 'asking', 'granting'] as const) {
      const [next, effects] = transition<never>(stateOf[kind] as never, {
        type: 'record-read',
        view: endedIn(6) as never,
        since: viewIn(5) as never,
        nowMs: NOW_MS,
        random: 0,
      })
      expect(next.kind).toBe('signed-out')
      const reports = effects.flatMap((effect) => (effect.type === 'report' ? [effect.event] : []))
      expect(reports.filter((event) => event.type === 'session-ended')).toEqual([
        { type: 'session-ended', generation: 6, reason: 'signed-out-elsewhere' },
      ])
    }
  })
})
