import { describe, expect, test } from 'vitest'
import { share } from './share.ts'

const before = { id: 1, user: { name: 'Ada', roles: ['reader', 'writer'] }, at: 5 }

describe('what is shared', () => {
  test('an equal value is the one that was there', () => {
    expect(share(before, structuredClone(before))).toBe(before)
  })

  test('of a value that has changed, the parts that have not', () => {
    const after = share(before, { ...structuredClone(before), at: 6 })
    expect(after).toEqual({ ...before, at: 6 })
    expect(after.user).toBe(before.user)
  })

  test('elements of an array, also when it becomes longer', () => {
    const items = [{ id: 1 }, { id: 2 }]
    const after = share(items, [{ id: 1 }, { id: 2 }, { id: 3 }])
    expect(after).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    expect(after[1]).toBe(items[1])
  })
})

describe('what is not the same', () => {
  for (const [what, one, other] of [
    ['a member more', { a: 1 }, { a: 1, b: undefined }],
    ['a member less', { a: 1, b: undefined }, { a: 1 }],
    ['another member that is undefined', { a: undefined }, { b: undefined }],
    ['an array and an object', [], {}],
    ['null and an object', null, {}],
    ['two dates, which are not looked into', new Date(0), new Date(0)],
    ['two functions', () => 1, () => 1],
    ['an object and its text', {}, '[object Object]'],
  ] as const) {
    test(what, () => {
      const shared = share(one, other)
      expect(shared).toStrictEqual(other)
      expect(shared).not.toBe(one)
    })
  }

  test('neither argument is changed', () => {
    const frozen = Object.freeze({ list: Object.freeze([Object.freeze({ id: 1 })]) })
    expect(share(frozen, Object.freeze({ list: Object.freeze([]) }))).toEqual({ list: [] })
  })
})
