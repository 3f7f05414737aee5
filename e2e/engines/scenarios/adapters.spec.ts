import { expect, test } from '../scene-test.ts'

test.describe('the adapters of this browser', () => {
  test('keep the contracts that the fakes of the unit tests keep', async ({ scene }) => {
    const tab = await scene.browser.open(new URL('/adapters.html', scene.address()).href)
    const verdicts = await tab.evaluate(() => globalThis.verdicts)
    expect(new Set(verdicts.map(({ port }) => port))).toEqual(
      new Set(['store', 'locks', 'transport', 'election by lock', 'election of broadcast-channel', 'page']),
    )
    expect(verdicts.filter(({ failed }) => failed !== null)).toEqual([])
  })
})
