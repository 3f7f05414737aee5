import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aptPlans } from './apt.ts'
import { ensureFirefox } from './ensure-firefox.ts'
import { ensureWebkit } from './ensure-webkit.ts'
import { fakeProbes } from './fake-probes.ts'
import type { Step } from './steps.ts'

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A Debian machine of root's, where an installation brings those files. */
function debianWith(brings: readonly string[]) {
  const files = ['/usr/bin/apt-get']
  const commands: string[] = []
  const install = (plan: readonly Step[]) => {
    commands.push(...plan.map(({ args }) => args.slice(1).join(' ')))
    files.push(...brings)
    return true
  }
  return { probes: fakeProbes(files, { isRoot: true }), install, commands }
}

describe("what is missing comes from Debian's packages", () => {
  test('Firefox', () => {
    const { probes, install, commands } = debianWith(['/usr/bin/firefox-esr'])
    expect(ensureFirefox(probes, undefined, install)).toBe('/usr/bin/firefox-esr')
    expect(commands).toEqual(['apt-get update', 'apt-get install -y firefox-esr'])
  })

  test('WebKitGTK with its driver and a display', () => {
    const { probes, install, commands } = debianWith(['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'])
    expect(ensureWebkit(probes, undefined, install).xvfb).toBe('/usr/bin/Xvfb')
    expect(commands).toEqual(['apt-get update', 'apt-get install -y webkit2gtk-driver xvfb'])
  })
})

describe('where nothing can be installed', () => {
  test('the error says what to do', () => {
    const probes = fakeProbes([], { platform: 'darwin' })
    const install = vi.fn(() => true)
    expect(() => ensureFirefox(probes, undefined, install)).toThrow('SOLOTAB_FIREFOX')
    expect(() => ensureWebkit(probes, undefined, install)).toThrow('SOLOTAB_WEBKIT_DRIVER')
    expect(install).not.toHaveBeenCalled()
  })

  test('nobody is asked for a password', () => {
    const debian = fakeProbes(['/usr/bin/apt-get'])
    expect(aptPlans(debian, ['xvfb'], () => false)).toEqual([])
    expect(aptPlans(debian, ['xvfb'], () => true)).toHaveLength(1)
  })
})

test('a browser that is found is left as it is', () => {
  const install = vi.fn(() => true)
  expect(ensureFirefox(fakeProbes(['/usr/bin/firefox-esr']), undefined, install)).toBe('/usr/bin/firefox-esr')
  expect(install).not.toHaveBeenCalled()
})
