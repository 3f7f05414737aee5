import { expect, test } from 'vitest'
import { exclusively } from './exclusively.ts'

test('the work of two is done one after the other', async () => {
  const steps: string[] = []
  const work = (who: string) => async () => {
    steps.push(`${who} begins`)
    await Promise.resolve()
    steps.push(`${who} ends`)
  }
  await Promise.all([exclusively('two', work('one')), exclusively('two', work('other'))])
  expect(steps).toEqual(['one begins', 'one ends', 'other begins', 'other ends'])
})

test('whoever holds the lock and never lets go keeps nobody waiting', async () => {
  let letGo = () => {}
  const frozen = exclusively('frozen', () => new Promise((resolve) => (letGo = () => resolve())))
  let isDone = false
  await exclusively('frozen', async () => {
    isDone = true
  })
  expect(isDone).toBe(true)
  letGo()
  await frozen
})

test('work that fails is not done again', async () => {
  let times = 0
  const work = async () => {
    times += 1
    throw new Error('no')
  }
  await expect(exclusively('failing', work)).rejects.toThrow('no')
  expect(times).toBe(1)
})
