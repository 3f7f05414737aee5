import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { transition } from './machine.ts'
import { parseMessage, toMessage } from './message.ts'
import { amend, claim, end, type SessionRecord, signInto, viewOf } from './record.ts'
import { remainingMs } from './session.ts'
import { isActive, isLive } from './state.ts'
import { parseRecord } from './stored-record.ts'
import { endedIn, failureOf, heldOf, NOW_MS, stateOf, viewIn } from './testing/states.ts'

const RUNS = 550_000 // of each parser: more than a million in all
const TIMEOUT_MS = 5 * 60 * 1000 // 5 minutes

const cyclic: { self?: unknown } = {}
cyclic.self = cyclic

/** What an injected script or a broken build may put in the place of a value. */
const garbage = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    0,
    -0,
    -1,
    0.5,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    10n,
    '',
    'x'.repeat(100_001),
    '__proto__',
    [],
    {},
    new Date(0),
    new Map([['v', 1]]),
    new Uint8Array(8),
    cyclic,
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ),
  fc.integer({ min: -2, max: 8 }),
  fc.string({ maxLength: 8 }),
  fc.anything({ maxDepth: 2, maxKeys: 3 }),
)

type Path = readonly string[]

/** All places in a value of plain objects, itself included. */
const pathsIn = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(value && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key]))
    : []),
]

const putAt = (target: unknown, [key, ...rest]: Path, value: unknown): unknown =>
  key === undefined || !target || typeof target !== 'object'
    ? value
    : { ...target, [key]: putAt((target as Record<string, unknown>)[key], rest, value) }

/** Values that were right before up to three places in them were changed. */
const nearly = (sound: readonly object[]): fc.Arbitrary<unknown> =>
  fc.constantFrom(...sound).chain((base) => {
    const places = [...pathsIn(base), ['extra'], ['__proto__'], ['session', 'extra']]
    const change = fc.tuple(fc.constantFrom(...places), garbage)
    return fc
      .array(change, { maxLength: 3 })
      .map((changes) => changes.reduce<unknown>((value, [path, put]) => putAt(value, path, put), base))
  })

const messages = [
  viewIn(5),
  viewIn(6),
  viewIn(7),
  endedIn(6),
  { ...viewIn(5), failure: failureOf() },
  viewIn(6, { session: heldOf(6, { handle: 'other' }) }),
  viewIn(6, { durable: false }),
  endedIn(6, { durable: false }),
].map((view) => toMessage({ type: 'session', ...view }, 'other'))
const wishes = [
  toMessage({ type: 'grant-wanted', rotation: 4 }, 'other'),
  toMessage({ type: 'state-wanted', generation: 4 }, 'other'),
]

const states = Object.values(stateOf)

/** What came of a message, in every state that a tab can be in. */
const isHarmless = (raw: unknown): boolean => {
  const message = parseMessage(raw)
  if (typeof message === 'string') return true // dropped, with an event: no state hears of it
  for (const state of states) {
    const [next, effects] = transition(state, {
      type: 'message-received',
      message,
      plain: false,
      nowMs: NOW_MS,
      random: 0,
    })
    // Must not throw either, but may show a session and end one: that it is in another tab's memory only, nobody
    // can check. What it may do is in coordinator.forged.test.ts.
    if (message.type !== 'session' || !message.durable) continue
    if (!isLive(state)) {
      if (isLive(next)) return false
      continue
    }
    if (isActive(state) !== isActive(next)) return false
    const taken = isLive(next) && next.view.session?.tokens !== state.view.session?.tokens
    if (taken && !effects.some(({ type }) => type === 'check-record')) return false
  }
  return true
}

const record: SessionRecord = {
  v: 1,
  generation: 5,
  session: heldOf(5),
  endReason: 'no-session',
  failure: failureOf(),
  intent: { id: 'x', sendByMs: NOW_MS, deadlineMs: NOW_MS },
}

const wish = {
  id: 'id',
  rotation: 4,
  generation: 5,
  durable: true,
  serves: true,
  eager: false,
  orphan: null,
  nowMs: NOW_MS,
  sendByMs: NOW_MS,
  deadlineMs: NOW_MS,
}

/** All that is done with a record goes well, and leaves one that can be read again. */
const isUsable = (raw: unknown): boolean => {
  const parsed = parseRecord(raw)
  if (typeof parsed === 'string') return true // the tab goes on with what it knows
  const { session } = viewOf(parsed, true, false)
  if (session && !Number.isFinite(remainingMs(session, NOW_MS))) return false
  const after = [
    claim(parsed, wish, true).record,
    signInto(parsed, { access_token: 'a', refresh_token: 'r' }, 'handle', NOW_MS, 1000),
    end(parsed, 'signed-out'),
    amend(parsed, { handle: 'handle', rotation: 0 }, {}),
  ]
  return (
    // After the last of all generations there is none that can be read: see coordinator.forged.test.ts.
    parsed.generation === Number.MAX_SAFE_INTEGER ||
    after.every((each) => typeof parseRecord(each) === 'object')
  )
}

const own = (value: object) => Object.getOwnPropertyNames(value).join()
const prototypes = () => [Object, Array, Function, String].map(({ prototype }) => own(prototype)).join()

describe('I11: half a million inputs, near what is sound and far from it', () => {
  test('no message throws; unless it is from memory, none ends a session or changes tokens unchecked', {
    timeout: TIMEOUT_MS,
  }, () => {
    const before = prototypes()
    fc.assert(
      fc.property(fc.oneof({ weight: 8, arbitrary: nearly([...messages, ...wishes]) }, garbage), isHarmless),
      { numRuns: RUNS },
    )
    expect(prototypes()).toBe(before)
  })

  test('no record throws; unless its generation is the last, none leaves one that cannot be read', {
    timeout: TIMEOUT_MS,
  }, () => {
    const before = prototypes()
    fc.assert(
      fc.property(
        fc.oneof(
          {
            weight: 8,
            arbitrary: nearly([record, { ...record, session: null }, { ...record, intent: null }]),
          },
          garbage,
        ),
        isUsable,
      ),
      { numRuns: RUNS },
    )
    expect(prototypes()).toBe(before)
  })
})
