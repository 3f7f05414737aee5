import { expect, it } from 'vitest'
import { createIdleEnd } from './idle-end.ts'

function fakeStorage() {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

it('is known in all tabs until the next sign-in', () => {
  const storage = fakeStorage()
  const [here, there] = [createIdleEnd(() => storage), createIdleEnd(() => storage)]
  expect(there.isSet()).toBe(false)
  here.remember()
  expect(there.isSet()).toBe(true)
  here.forget()
  expect(there.isSet()).toBe(false)
})

it('without storage it is as if nothing was remembered', () => {
  const end = createIdleEnd(() => {
    throw new Error('Access is denied')
  })
  end.remember()
  end.forget()
  expect(end.isSet()).toBe(false)
})
