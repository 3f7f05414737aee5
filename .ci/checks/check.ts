import { run } from './command.ts'
import { oneFailed, onePassed, type Tally } from './tally.ts'

export type Check = {
  /** What `npm test -- <name>` calls it. */
  readonly name: string
  readonly title: string
  readonly run: () => Promise<Tally>
}

/** A check that is one script of the root package: it passes or fails as a whole. */
export function scriptCheck(name: string, title: string): Check {
  return { name, title, run: async () => verdict(await run('pnpm', ['run', name])) }
}

export function verdict(exitCode: number): Tally {
  return exitCode === 0 ? onePassed : oneFailed
}
