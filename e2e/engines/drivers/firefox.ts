import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type BrowserContext, type Page } from 'puppeteer-core'
import { poll } from '../../src/tabs.ts'
import type { Browser, Engine } from '../engine.ts'
import { cannot } from './cannot.ts'
import { Handles } from './handles.ts'
import { loadState } from './load-state.ts'
import { pageTab } from './page-tab.ts'

/** Firefox as it is installed, by Puppeteer over WebDriver BiDi. A browser is a container: it shares no storage with others. */
export async function startFirefox(executablePath: string): Promise<Engine> {
  const profile = await mkdtemp(join(tmpdir(), 'solotab-firefox-'))
  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 5 })
  try {
    const firefox = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      userDataDir: profile,
      protocolTimeout: 60 * 1000, // 1 minute, as long as a test
    })
    return {
      async newBrowser(proxyPort) {
        // 127.0.0.1 goes through no proxy.
        const proxy = proxyPort ? { proxyServer: `127.0.0.1:${proxyPort}` } : {}
        return openBrowser(await firefox.createBrowserContext(proxy))
      },
      async close() {
        await firefox.close()
        await removeProfile()
      },
    }
  } catch (error) {
    await removeProfile()
    throw error
  }
}

function openBrowser(context: BrowserContext): Browser {
  const pages = new Handles<Page>()

  return {
    tabs: pages.tabs,
    async open(address) {
      const page = await context.newPage()
      await page.goto(address)
      return pageTab(page, pages)
    },
    async openFrom(opener, address) {
      const opened = new Promise<Page>((resolve) => {
        pages.of(opener).once('popup', (popup) => popup && resolve(popup))
      })
      await opener.evaluate((target) => void window.open(target), address)
      const tab = pageTab(await opened, pages)
      await poll(() => tab.evaluate(loadState)).toBe('complete')
      return tab
    },
    crash: cannot('crash a tab'),
    freeze: cannot('freeze a tab'),
    show: (tab) => pages.of(tab).bringToFront(),
    async setOffline(offline) {
      await Promise.all(pages.tabs().map((tab) => pages.of(tab).setOfflineMode(offline)))
    },
    close: () => context.close(),
  }
}
