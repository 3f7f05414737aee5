import { test as base, expect, type Page } from '@playwright/test'
import type { Demo } from '../../apps/demo/start-demo.ts'

export type Side = 'stock' | 'solotab'

const RUN_MS = 50 * 1000 // 50 seconds, on a machine that does other things as well

/** The lab of `apps/demo`, as somebody sees it who has opened it. */
export class LabPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(demo: Demo, query = ''): Promise<void> {
    await this.page.goto(`${demo.url}${query}`)
  }

  side(side: Side) {
    return this.page.locator(`.side[data-side="${side}"]`)
  }

  /** Waits until a side says so. */
  async says(side: Side, text: RegExp): Promise<void> {
    await expect(this.side(side).getByRole('status')).toHaveText(text, { timeout: RUN_MS })
  }

  /** The tabs are open, and somebody is signed in. */
  async ready(): Promise<void> {
    for (const side of ['stock', 'solotab'] as const) await this.says(side, /^Signed in, and nothing to do/)
  }

  /** A run has come to its verdicts. */
  async ended(): Promise<void> {
    for (const side of ['stock', 'solotab'] as const) await this.says(side, /^(Holds|Costly|Breaks) /)
  }

  async verdict(side: Side): Promise<string | null> {
    return this.side(side).getByRole('status').textContent()
  }

  /** Grants, refused, 429s and tabs signed out, as shown. */
  async counts(side: Side): Promise<number[]> {
    return (await this.side(side).locator('dd').allTextContents()).map(Number)
  }

  /** The refreshes that the server has in its list. */
  grantsAtServer(demo: Demo, side: Side): number | undefined {
    const entries = demo.servers?.[side].state.grantLog.entries
    return entries?.filter(({ grantType }) => grantType === 'refresh_token').length
  }
}

export const test = base.extend<{ lab: LabPage }>({
  lab: async ({ page }, use) => {
    await use(new LabPage(page))
  },
})

export { expect } from '@playwright/test'
