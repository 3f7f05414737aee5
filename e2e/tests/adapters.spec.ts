import { expect, test } from '../src/world.ts'

test('the adapters of this browser keep the contracts that the fakes of the unit tests keep', async ({
  world,
}) => {
  const page = await world.context.newPage()
  await page.goto(new URL('/adapters.html', world.address()).href)
  const verdicts = await page.evaluate(() => globalThis.verdicts)
  expect(verdicts.length).toBeGreaterThan(0)
  expect(new Set(verdicts.map(({ port }) => port))).toEqual(
    new Set(['store', 'locks', 'transport', 'election by lock', 'election of broadcast-channel', 'page']),
  )
  expect(verdicts.filter(({ failed }) => failed !== null)).toEqual([])
})
