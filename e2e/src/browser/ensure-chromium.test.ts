import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ensureChromium } from './ensure-chromium.ts'
import { fakeProbes } from './fake-probes.ts'
import { installPlans } from './install-chromium.ts'

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('a machine without a Chromium', () => {
  test('gets one by the first way that works', () => {
    const files: string[] = []
    const probes = fakeProbes(files)
    const [download, debian] = [[], []]
    const tried: unknown[] = []
    const install = (plan: unknown) => {
      tried.push(plan)
      if (plan === debian) files.push('/usr/bin/chromium')
      return plan === debian
    }
    expect(ensureChromium(probes, () => [download, debian], install)).toEqual({
      executablePath: '/usr/bin/chromium',
      source: 'installed',
    })
    expect(tried).toEqual([download, debian])
  })

  test('says what to do where nothing worked', () => {
    expect(() =>
      ensureChromium(
        fakeProbes([]),
        () => [[]],
        () => false,
      ),
    ).toThrow('SOLOTAB_CHROMIUM')
  })

  test('is left as it is once a browser is found', () => {
    const install = vi.fn(() => true)
    expect(ensureChromium(fakeProbes(['/usr/bin/chromium']), () => [[]], install).source).toBe('system')
    expect(install).not.toHaveBeenCalled()
  })
})

describe('the ways to install', () => {
  const debian = ['/usr/bin/apt-get']
  const commands = (...args: Parameters<typeof installPlans>) =>
    installPlans(...args).flatMap((plan) => plan.map((step) => [step.command, ...step.args].join(' ')))

  test("Debian's package follows Playwright's download, for root without sudo", () => {
    const last = commands(fakeProbes(debian, { isRoot: true })).at(-1)
    expect(last).toBe('env DEBIAN_FRONTEND=noninteractive apt-get install -y chromium')
  })

  test('sudo is used where it asks for no password', () => {
    const last = commands(fakeProbes(debian), () => true).at(-1)
    expect(last).toBe('sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y chromium')
  })

  test('nothing asks for a password, and nothing but Debian has apt-get', () => {
    expect(installPlans(fakeProbes(debian), () => false)).toHaveLength(1)
    expect(installPlans(fakeProbes([], { isRoot: true }))).toHaveLength(1)
    expect(installPlans(fakeProbes(debian, { platform: 'darwin', isRoot: true }))).toHaveLength(1)
  })
})
