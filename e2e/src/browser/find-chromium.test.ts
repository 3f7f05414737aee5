import { describe, expect, test } from 'vitest'
import { fakeProbes } from './fake-probes.ts'
import { findChromium } from './find-chromium.ts'

describe('the search for a Chromium', () => {
  const everywhere = ['/mine/chrome', '/playwright/chrome', '/usr/bin/chromium']

  test('takes the one that SOLOTAB_CHROMIUM names before any other', () => {
    expect(findChromium(fakeProbes(everywhere, { env: { SOLOTAB_CHROMIUM: '/mine/chrome' } }))).toEqual({
      executablePath: '/mine/chrome',
      source: 'environment',
    })
  })

  test('refuses a SOLOTAB_CHROMIUM that does not exist rather than take another', () => {
    const probes = fakeProbes(everywhere, { env: { SOLOTAB_CHROMIUM: '/typo/chrome' } })
    expect(() => findChromium(probes)).toThrow('/typo/chrome')
  })

  test("prefers Playwright's own to the system's", () => {
    expect(findChromium(fakeProbes(everywhere))).toEqual({
      executablePath: '/playwright/chrome',
      source: 'playwright',
    })
  })

  test("takes the system's where Playwright's is there but lacks its libraries", () => {
    expect(findChromium(fakeProbes(everywhere, { broken: ['/playwright/chrome'] }))).toEqual({
      executablePath: '/usr/bin/chromium',
      source: 'system',
    })
  })

  test("passes over Ubuntu's stub of chromium-browser for a Chrome that starts", () => {
    const files = ['/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    expect(findChromium(fakeProbes(files, { broken: ['/usr/bin/chromium-browser'] }))?.executablePath).toBe(
      '/usr/bin/google-chrome',
    )
  })

  test('knows where macOS and Windows keep their browsers', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findChromium(fakeProbes([mac], { platform: 'darwin' }))?.executablePath).toBe(mac)
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    const windows = fakeProbes([edge], {
      platform: 'win32',
      env: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' },
    })
    expect(findChromium(windows)?.executablePath).toBe(edge)
  })

  test('finds nothing on a machine without a browser', () => {
    expect(findChromium(fakeProbes([]))).toBeNull()
  })
})
