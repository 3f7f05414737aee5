import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'

const blank = createServer((_request, response) => response.end('<!doctype html><title>blank</title>'))

test.beforeAll(() => new Promise<void>((resolve) => blank.listen(0, '127.0.0.1', resolve)))
test.afterAll(() => new Promise<void>((resolve) => void blank.close(() => resolve())))

test('two tabs of one context are one browser: they share locks, storage and channels', async ({
  context,
}) => {
  const address = `http://127.0.0.1:${(blank.address() as AddressInfo).port}/`
  const [one, other] = [await context.newPage(), await context.newPage()]
  await Promise.all([one.goto(address), other.goto(address)])

  const heard = other.evaluate(
    () =>
      new Promise((resolve) => {
        const channel = new BroadcastChannel('tabs')
        channel.onmessage = (message) => resolve(message.data)
        localStorage.setItem('listening', 'yes')
      }),
  )
  await expect.poll(() => one.evaluate(() => localStorage.getItem('listening'))).toBe('yes')
  await one.evaluate(() => new BroadcastChannel('tabs').postMessage('hello'))
  expect(await heard).toBe('hello')

  await one.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('tabs', () => {
          held()
          return new Promise(() => {})
        })
      }),
  )
  const taken = await other.evaluate(() =>
    navigator.locks.request('tabs', { ifAvailable: true }, (lock) => lock === null),
  )
  expect(taken).toBe(true)
})
