import { globSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Check, verdict } from './check.ts'
import { root, run } from './command.ts'
import { oneFailed, onePassed, sum, type Tally } from './tally.ts'

const tarballs = join(root, '.cache/tarballs')

/** Judges the tarballs of all that can be published: what a user gets, not what lies here. */
export const packages: Check = {
  name: 'packages',
  title: 'Packages: build, publint, attw',
  run: async () => {
    const files = await packAll()
    if (!files) return oneFailed // nothing is there to be judged
    return sum([onePassed, await judge('publint', files), await judge('attw', files)])
  },
}

let packed: Promise<readonly string[] | null> | undefined

/** Builds and packs all that can be published, once for all checks; null if that fails. */
export function packAll(): Promise<readonly string[] | null> {
  packed ??= pack()
  return packed
}

async function pack(): Promise<readonly string[] | null> {
  await clean()
  for (const command of [
    ['run', 'build'],
    ['pack', '--pack-destination', tarballs],
  ]) {
    if ((await run('pnpm', ['--filter', './packages/*', ...command])) !== 0) return null
  }
  const files = globSync(join(tarballs, '*.tgz'))
  return files.length > 0 ? files : null
}

// tsc leaves the output of files that are gone, and a pack would ship it.
async function clean(): Promise<void> {
  const outputs = globSync(join(root, 'packages/*/package.json')).map((path) => join(dirname(path), 'dist'))
  for (const path of [tarballs, ...outputs]) await rm(path, { recursive: true, force: true })
  await mkdir(tarballs, { recursive: true })
}

async function judge(script: string, files: readonly string[]): Promise<Tally> {
  let worst = 0
  for (const file of files) worst = Math.max(worst, await run('pnpm', ['run', script, file]))
  return verdict(worst)
}
