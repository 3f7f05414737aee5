import { type Check, verdict } from './check.ts'
import { run } from './command.ts'

/** Comes after the end-to-end tests, whose results it reads. */
export const versions: Check = {
  name: 'versions',
  title: "The README's table of client versions",
  run: async () => verdict(await run('pnpm', ['run', 'versions', '--check'])),
}
