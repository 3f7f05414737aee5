import { expect, it, vi } from 'vitest'
import { createDrafts } from './drafts.ts'

function fakeStorage(content: string | null = null) {
  let item = content
  return {
    getItem: () => item,
    setItem(_key: string, value: string) {
      item = value
    },
  }
}

it('a draft outlives the page', () => {
  const storage = fakeStorage()
  createDrafts(() => storage).set('ada/new', 'milk')
  expect(createDrafts(() => storage).get('ada/new')).toBe('milk')
})

it('a draft of one user is not one of another', () => {
  const drafts = createDrafts(fakeStorage)
  drafts.set('ada/new', 'milk')
  expect(drafts.get('bob/new')).toBeNull()
})

it('an empty text is a draft, null is none', () => {
  const storage = fakeStorage()
  const drafts = createDrafts(() => storage)
  drafts.set('ada/1', '')
  expect(drafts.get('ada/1')).toBe('')
  drafts.set('ada/1', null)
  expect(drafts.get('ada/1')).toBeNull()
  expect(createDrafts(() => storage).get('ada/1')).toBeNull()
})

it('lists what has a text, by the same array until that changes', () => {
  const drafts = createDrafts(() => fakeStorage('{"ada/new":"milk"}'))
  drafts.set('ada/1', 'x')
  const keys = drafts.keys()
  expect(keys).toEqual(['ada/new', 'ada/1'])
  drafts.set('ada/1', 'xy')
  expect(drafts.keys()).toBe(keys)
  drafts.set('ada/new', null)
  expect(drafts.keys()).toEqual(['ada/1'])
})

it('tells of each change until the listener is gone', () => {
  const drafts = createDrafts(fakeStorage)
  const listener = vi.fn()
  const stop = drafts.subscribe(listener)
  drafts.set('ada/new', 'm')
  stop()
  drafts.set('ada/new', 'mi')
  expect(listener).toHaveBeenCalledTimes(1)
})

it.each(['{', 'null', '[]', '{"ada/new":1}'])('%s in the storage is no draft', (content) => {
  expect(createDrafts(() => fakeStorage(content)).get('ada/new')).toBeNull()
})

it('keeps drafts in the page where storage is forbidden', () => {
  const drafts = createDrafts(() => {
    throw new Error('Access is denied')
  })
  drafts.set('ada/new', 'milk')
  expect(drafts.get('ada/new')).toBe('milk')
})
