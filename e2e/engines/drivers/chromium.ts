import type { Page } from '@playwright/test'
import { startChromiumByHand } from '../../src/chromium-by-hand.ts'
import { crash, freeze } from '../../src/lifecycle.ts'
import type { Browser, Engine } from '../engine.ts'
import { Handles } from './handles.ts'
import { pageTab } from './page-tab.ts'

/** Chromium, by Playwright. Each browser is a process with a profile of its own, and hides tabs as users' browsers do. */
export async function startChromium(executablePath: string): Promise<Engine> {
  return { newBrowser: (proxyPort) => openBrowser(executablePath, proxyPort), close: async () => {} }
}

async function openBrowser(executablePath: string, proxyPort?: number): Promise<Browser> {
  const { context, close } = await startChromiumByHand(executablePath)
  if (proxyPort) {
    const isElsewhere = ({ hostname }: URL) => hostname !== '127.0.0.1'
    await context.route(isElsewhere, (route) => {
      const { pathname, search } = new URL(route.request().url())
      return route.continue({ url: `http://127.0.0.1:${proxyPort}${pathname}${search}` })
    })
  }
  const pages = new Handles<Page>()

  return {
    tabs: pages.tabs,
    async open(address) {
      const page = await context.newPage()
      await page.goto(address)
      return pageTab(page, pages)
    },
    async openFrom(opener, address) {
      const opened = context.waitForEvent('page')
      await opener.evaluate((target) => void window.open(target), address)
      const page = await opened
      await page.waitForLoadState()
      return pageTab(page, pages)
    },
    async crash(tab) {
      const page = pages.of(tab)
      pages.delete(tab)
      await crash(page)
    },
    freeze: (tab) => freeze(pages.of(tab)),
    show: (tab) => pages.of(tab).bringToFront(),
    setOffline: (offline) => context.setOffline(offline),
    close,
  }
}
