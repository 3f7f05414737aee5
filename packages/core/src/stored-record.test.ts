import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyRecord, type SessionRecord } from './record.ts'
import { parseRecord } from './stored-record.ts'
import { failureOf, heldOf, NOW_MS } from './testing/states.ts'

const record: SessionRecord = {
  v: 1,
  generation: 5,
  session: heldOf(5),
  endReason: 'no-session',
  intent: { id: 'x', sendByMs: NOW_MS, deadlineMs: NOW_MS },
  failure: failureOf(),
}

describe('the stored record', () => {
  test('is read as it was written', () => {
    expect(parseRecord(structuredClone(record))).toEqual(record)
    const ended = { ...emptyRecord(), generation: 3, endReason: 'signed-out' as const }
    expect(parseRecord(structuredClone(ended))).toEqual(ended)
  })

  test('is empty where nothing was stored', () => {
    expect(parseRecord(undefined)).toEqual(emptyRecord())
  })

  test.each([null, 5, 'x', [], {}, { v: 1 }, { ...record, generation: -1 }, { ...record, session: {} }])(
    'I11: is garbled if it is %o, and not empty',
    (raw) => {
      expect(parseRecord(raw)).toBe('garbled')
    },
  )

  test('I11: of a newer build is known as such, whatever else it holds', () => {
    expect(parseRecord({ v: 2 })).toBe('newer-build')
    expect(parseRecord({ ...record, v: 3, generation: 'x' })).toBe('newer-build')
  })

  test('I11: keeps its session when intent or failure are garbled', () => {
    expect(parseRecord({ ...record, intent: 7, failure: 'x' })).toEqual({
      ...record,
      intent: null,
      failure: null,
    })
  })

  test('I11: whatever is stored, the parser does not throw and lets no garbage through', () => {
    const isSound = (raw: unknown): boolean => {
      const parsed = parseRecord(raw)
      if (typeof parsed === 'string') return true
      const { v, generation, session } = parsed
      const sound = session === null || typeof session.tokens.refresh_token === 'string'
      return v === 1 && Number.isSafeInteger(generation) && sound
    }
    fc.assert(fc.property(fc.anything(), isSound))
    const keys = Object.keys(record)
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.anything(), (key, garbage) =>
        isSound({ ...record, [key]: garbage }),
      ),
      { numRuns: 2000 },
    )
  })
})
