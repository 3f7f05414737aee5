import { describe, expect, test } from 'vitest'
import { fakeProbes } from './fake-probes.ts'
import { findWebkit } from './find-webkit.ts'

describe('the search for WebKitGTK', () => {
  const system = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb']

  test('needs the driver and the display', () => {
    expect(findWebkit(fakeProbes(system))).toEqual({
      driver: '/usr/bin/WebKitWebDriver',
      xvfb: '/usr/bin/Xvfb',
    })
    for (const file of system) expect(findWebkit(fakeProbes([file]))).toBeNull()
  })

  test('takes what the variables name before any other', () => {
    const env = { SOLOTAB_WEBKIT_DRIVER: '/mine/driver', SOLOTAB_XVFB: '/mine/xvfb' }
    expect(findWebkit(fakeProbes([...system, '/mine/driver', '/mine/xvfb'], { env }))).toEqual({
      driver: '/mine/driver',
      xvfb: '/mine/xvfb',
    })
  })

  test('refuses what does not exist rather than take another', () => {
    for (const variable of ['SOLOTAB_WEBKIT_DRIVER', 'SOLOTAB_XVFB']) {
      expect(() => findWebkit(fakeProbes(system, { env: { [variable]: '/typo' } }))).toThrow(variable)
    }
  })
})
