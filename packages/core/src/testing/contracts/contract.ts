/**
 * One thing that a port promises. A contract knows no test runner: it runs against the fake in vitest, and against
 * the real adapter in the page of a real browser.
 */
export interface Clause<Harness> {
  readonly says: string
  run(harness: Harness): Promise<void>
}

/** What every harness can do: let the world go on. */
export interface Steps {
  /** Resolves with the promise, after whatever it waits for. */
  run<T>(promise: Promise<T>): Promise<T>
  /** Resolves when the condition holds; rejects if it never will. */
  soon(condition: () => boolean): Promise<void>
  /** Lets everything happen that is going to happen now. */
  rest(): Promise<void>
}

/** Fails the clause unless both are the same as JSON. */
export const equal = (actual: unknown, expected: unknown): void => {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value))
  if (is !== should) throw new Error(`${is} should be ${should}`)
}

/** What the promise rejects with; fails the clause if it resolves. */
export const rejectionOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It resolved, and should have been rejected.')
}
