import { Builder, type WebDriver } from 'selenium-webdriver'
import type { FoundWebkit } from '../../src/browser/find-webkit.ts'
import { poll } from '../../src/tabs.ts'
import type { Browser, Engine, EngineTab } from '../engine.ts'
import { cannot } from './cannot.ts'
import { spawnChild } from './child.ts'
import { evaluateIn, type InWindow } from './evaluation.ts'
import { expressionOf } from './expression.ts'
import { freePort } from './free-port.ts'
import { Handles } from './handles.ts'
import { loadState } from './load-state.ts'
import { startXvfb } from './xvfb.ts'

/** WebKitGTK by WebDriver, on a display that nobody sees. A browser is a WebDriver session: a MiniBrowser with nothing stored. */
export async function startWebkit({ driver, xvfb }: FoundWebkit): Promise<Engine> {
  const screen = await startXvfb(xvfb)
  const port = await freePort()
  const service = spawnChild(driver, [`--port=${port}`, '--host=127.0.0.1'], { DISPLAY: screen.display })
  const address = `http://127.0.0.1:${port}`
  const close = async () => {
    await service.end()
    await screen.end()
  }
  const listens = () =>
    fetch(`${address}/status`).then(
      ({ ok }) => ok,
      () => false,
    )
  try {
    await poll(listens).toBe(true)
    return { newBrowser: async (proxyPort) => openBrowser(await startSession(address, proxyPort)), close }
  } catch (error) {
    await close()
    throw error
  }
}

// Without that setting a script opens no window unless the user has just touched the page.
const BROWSER = {
  browserName: 'MiniBrowser',
  'webkitgtk:browserOptions': { args: ['--automation', '--javascript-can-open-windows-automatically=true'] },
}

const startSession = (address: string, proxyPort?: number): Promise<WebDriver> => {
  const proxy = { proxyType: 'manual', httpProxy: `127.0.0.1:${proxyPort}`, noProxy: ['127.0.0.1'] }
  const capabilities = proxyPort ? { ...BROWSER, proxy } : BROWSER
  return new Builder()
    .disableEnvironmentOverrides()
    .usingServer(address)
    .withCapabilities(capabilities)
    .build()
}

async function openBrowser(driver: WebDriver): Promise<Browser> {
  // A window that no tab has yet: there is always one, or the session would end with its last tab.
  let spare: string | null = await driver.getWindowHandle()
  const handles = new Handles<string>()
  let used: Promise<unknown> = Promise.resolve()

  // WebDriver knows one current window, so its users take turns.
  const inTurn = <T>(use: () => Promise<T>): Promise<T> => {
    const mine = used.then(use)
    used = mine.catch(() => {})
    return mine
  }

  const wrap = (handle: string): EngineTab => {
    const inWindow: InWindow = (use) =>
      inTurn(async () => {
        await driver.switchTo().window(handle)
        return use(driver)
      })
    const tab: EngineTab = {
      evaluate: <R>(run: unknown, given?: unknown) => evaluateIn<R>(inWindow, expressionOf(run, given)),
      goto: (address) => inWindow(() => driver.get(address)),
      reload: () => inWindow(() => driver.navigate().refresh()),
      back: () => inWindow(() => driver.navigate().back()),
      close: () =>
        inWindow(async () => {
          if (!spare && (await driver.getAllWindowHandles()).length === 1) {
            await driver.switchTo().newWindow('tab')
            spare = await driver.getWindowHandle()
            await driver.switchTo().window(handle)
          }
          handles.delete(tab)
          await driver.close()
        }),
    }
    return handles.add(tab, handle)
  }

  const newHandle = async (): Promise<string> => {
    const handle = spare
    spare = null
    if (handle) return handle
    await driver.switchTo().newWindow('tab')
    return driver.getWindowHandle()
  }

  return {
    tabs: handles.tabs,
    async open(address) {
      const tab = wrap(await inTurn(newHandle))
      await tab.goto(address)
      return tab
    },
    async openFrom(opener, address) {
      const before = await inTurn(() => driver.getAllWindowHandles())
      await opener.evaluate((target) => void window.open(target), address)
      const opened = async () =>
        (await inTurn(() => driver.getAllWindowHandles())).filter((handle) => !before.includes(handle))
      await poll(opened).toHaveLength(1)
      const tab = wrap((await opened())[0] ?? '')
      await poll(() => tab.evaluate(loadState)).toBe('complete')
      return tab
    },
    crash: cannot('crash a tab'),
    freeze: cannot('freeze a tab'),
    show: cannot('bring a tab in front'),
    setOffline: cannot('go offline'),
    close: () => inTurn(() => driver.quit()),
  }
}
