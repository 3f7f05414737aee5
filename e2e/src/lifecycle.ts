import type { CDPSession, Page } from '@playwright/test'

/** Freezes a tab as the browser does to save energy; returns what thaws it. */
export async function freeze(tab: Page): Promise<() => Promise<void>> {
  const session = await tab.context().newCDPSession(tab)
  await setState(session, 'frozen')
  return () => setState(session, 'active')
}

const setState = async (session: CDPSession, state: 'frozen' | 'active') => {
  await session.send('Page.setWebLifecycleState', { state })
}

/** Kills a tab's process. Its page is closed afterwards, for only closed pages are of no further use to Playwright. */
export async function crash(tab: Page): Promise<void> {
  const session = await tab.context().newCDPSession(tab)
  const crashed = tab.waitForEvent('crash')
  // A dead process does not answer.
  session.send('Page.crash').catch(() => {})
  await crashed
}
