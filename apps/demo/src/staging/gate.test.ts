import { expect, test } from 'vitest'
import { Gate } from './gate.ts'

test('tasks run at once, and those of a frozen page in their order when it thaws', () => {
  const gate = new Gate()
  const ran: number[] = []
  gate.pass(() => ran.push(1))
  gate.freeze()
  gate.pass(() => ran.push(2))
  gate.pass(() => ran.push(3))
  expect(ran).toEqual([1])
  gate.thaw()
  expect(ran).toEqual([1, 2, 3])
})

test('a task that was taken back does not run', () => {
  const gate = new Gate()
  const ran: string[] = []
  gate.freeze()
  const takeBack = gate.pass(() => ran.push('taken back'))
  gate.pass(() => ran.push('kept'))
  takeBack()
  gate.thaw()
  expect(ran).toEqual(['kept'])
})

test('a page that is frozen again while it thaws keeps the rest', () => {
  const gate = new Gate()
  const ran: string[] = []
  gate.freeze()
  gate.pass(() => gate.freeze())
  gate.pass(() => ran.push('rest'))
  gate.thaw()
  expect(ran).toEqual([])
  gate.thaw()
  expect(ran).toEqual(['rest'])
})

test('who waits for it waits as long as it is frozen', async () => {
  const gate = new Gate()
  await gate.open()
  gate.freeze()
  let isOpen = false
  const opened = gate.open().then(() => {
    isOpen = true
  })
  await Promise.resolve()
  expect(isOpen).toBe(false)
  gate.thaw()
  await opened
  expect(isOpen).toBe(true)
})
