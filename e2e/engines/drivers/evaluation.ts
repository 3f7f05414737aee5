import type { WebDriver } from 'selenium-webdriver'

declare global {
  /** What came of the evaluations that were begun in this page, as JSON. */
  var evaluations: Record<number, string> | undefined
}

const PAUSES_MS = [2, 5, 10, 20, 50]
let count = 0

/** Does something in a window, while nobody else uses the driver. */
export type InWindow = <T>(use: (driver: WebDriver) => Promise<T>) => Promise<T>

/**
 * Evaluates in a page and waits for the result. A command of WebDriver keeps all others waiting, whatever window they are for,
 * and tabs here wait for each other. So one command begins, and others look whether there is a result.
 */
export async function evaluateIn<R>(inWindow: InWindow, expression: string): Promise<R> {
  const id = ++count
  await inWindow((driver) => driver.executeScript(`(${begin})(${id}, () => (${expression}))`))
  for (let tries = 0; ; tries += 1) {
    const json = await inWindow((driver) => driver.executeScript<string | null>(look, id))
    if (json) {
      const { value, error } = JSON.parse(json)
      if (error !== undefined) throw new Error(error)
      return value
    }
    const pauseMs = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

// Both run in the page.

function begin(id: number, evaluate: () => unknown): void {
  globalThis.evaluations ??= {}
  const { evaluations } = globalThis
  const evaluated = new Promise((resolve) => resolve(evaluate()))
  evaluated.then(
    (value) => {
      evaluations[id] = JSON.stringify({ value })
    },
    (error) => {
      evaluations[id] = JSON.stringify({ error: String(error) })
    },
  )
}

function look(id: number): string | null {
  if (!globalThis.evaluations) throw new Error('The page was left before it had a result.')
  const json = globalThis.evaluations[id] ?? null
  if (json) delete globalThis.evaluations[id]
  return json
}
