import type { EngineTab } from '../engine.ts'
import { expressionOf } from './expression.ts'
import type { Handles } from './handles.ts'

/** What the pages of Playwright and of Puppeteer have in common. */
interface Page {
  evaluate(expression: string): Promise<unknown>
  goto(address: string): Promise<unknown>
  reload(): Promise<unknown>
  close(): Promise<void>
}

/** A tab, and its page among those of its browser. */
export function pageTab<P extends Page>(page: P, pages: Handles<P>): EngineTab {
  const tab: EngineTab = {
    evaluate: <R>(run: unknown, given?: unknown) => page.evaluate(expressionOf(run, given)) as Promise<R>,
    goto: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    // Their own waits for a load, which a page from the back-forward cache does not have.
    back: async () => void (await page.evaluate('history.back()')),
    async close() {
      pages.delete(tab)
      await page.close()
    },
  }
  return pages.add(tab, page)
}
