import { noChromium } from '../src/browser/ensure-chromium.ts'
import { noFirefox } from '../src/browser/ensure-firefox.ts'
import { noWebkit } from '../src/browser/ensure-webkit.ts'
import { findChromium } from '../src/browser/find-chromium.ts'
import { findFirefox } from '../src/browser/find-firefox.ts'
import { findWebkit } from '../src/browser/find-webkit.ts'
import { startChromium } from './drivers/chromium.ts'
import { startFirefox } from './drivers/firefox.ts'
import { startWebkit } from './drivers/webkit.ts'
import type { Ability, Engine } from './engine.ts'

export interface EngineKind {
  readonly title: string
  /** What is to be done where it is missing. */
  readonly missing: string
  /** How to start it, or null where it is not on this machine. Looks only; starts and installs nothing. */
  find(): (() => Promise<Engine>) | null
  /** How many tabs make a herd, and why not as many as elsewhere. */
  readonly herd: { readonly size: number; readonly note?: string }
  /** Why it cannot do what others can. */
  readonly cannot: Partial<Record<Ability, string>>
}

export type EngineName = 'chromium' | 'firefox' | 'webkit'

export const ENGINES: Readonly<Record<EngineName, EngineKind>> = {
  chromium: {
    title: 'Chromium',
    missing: noChromium,
    find() {
      const found = findChromium()
      return found && (() => startChromium(found.executablePath))
    },
    herd: { size: 30 },
    cannot: {},
  },
  firefox: {
    title: 'Firefox',
    missing: noFirefox,
    find() {
      const found = findFirefox()
      return found === null ? null : () => startFirefox(found)
    },
    herd: { size: 30 },
    cannot: {
      crash: 'WebDriver BiDi has no command that crashes a tab, and tabs of Firefox share their processes',
      freeze: 'Firefox does not freeze pages',
    },
  },
  webkit: {
    title: 'WebKitGTK',
    missing: noWebkit,
    find() {
      const found = findWebkit()
      return found && (() => startWebkit(found))
    },
    herd: { size: 12, note: '12 tabs instead of 30: each is a process of 180 MB' },
    cannot: {
      crash: 'WebDriver has no command that crashes a tab',
      freeze: 'WebKitGTK does not freeze pages',
      show: 'MiniBrowser opens tabs in the background, and WebDriver has no command that brings one in front',
      'go offline': 'WebDriver has no command that cuts the network',
    },
  },
}
