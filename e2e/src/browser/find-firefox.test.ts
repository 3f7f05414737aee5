import { describe, expect, test } from 'vitest'
import { fakeProbes } from './fake-probes.ts'
import { findFirefox } from './find-firefox.ts'

describe('the search for a Firefox', () => {
  test('takes the one that SOLOTAB_FIREFOX names before any other', () => {
    const files = ['/mine/firefox', '/usr/bin/firefox-esr']
    expect(findFirefox(fakeProbes(files, { env: { SOLOTAB_FIREFOX: '/mine/firefox' } }))).toBe(
      '/mine/firefox',
    )
  })

  test('refuses a SOLOTAB_FIREFOX that does not exist rather than take another', () => {
    const probes = fakeProbes(['/usr/bin/firefox-esr'], { env: { SOLOTAB_FIREFOX: '/typo/firefox' } })
    expect(() => findFirefox(probes)).toThrow('/typo/firefox')
  })

  test("passes over a stub that does not start for Debian's", () => {
    const files = ['/usr/bin/firefox', '/usr/bin/firefox-esr']
    expect(findFirefox(fakeProbes(files, { broken: ['/usr/bin/firefox'] }))).toBe('/usr/bin/firefox-esr')
    expect(findFirefox(fakeProbes(files, { broken: ['/usr/bin/firefox-esr'] }))).toBe('/usr/bin/firefox')
  })

  test('knows where macOS and Windows keep theirs', () => {
    const mac = '/Applications/Firefox.app/Contents/MacOS/firefox'
    expect(findFirefox(fakeProbes([mac], { platform: 'darwin' }))).toBe(mac)
    const exe = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'
    const env = { PROGRAMFILES: 'C:\\Program Files' }
    expect(findFirefox(fakeProbes([exe], { platform: 'win32', env }))).toBe(exe)
  })

  test('finds nothing on a machine without one', () => {
    expect(findFirefox(fakeProbes([]))).toBeNull()
  })
})
