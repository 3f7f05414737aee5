import { globSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Check, verdict } from './check.ts'
import { root, run } from './command.ts'
import { oneFailed, onePassed, sum, type Tally } from './tally.ts'

const tarballs = join(root, '.cache/tarballs')

/** Builds and packs all that can be published, then judges the tarballs: what a user gets, not what lies here. */
export const packages: Check = {
  name: 'packages',
  title: 'Packages: build, publint, attw',
  run: async () => {
    await clean()
    const built = await run('pnpm', ['--filter', './packages/*', 'run', 'build'])
    if (built !== 0) return oneFailed // nothing is there to be judged
    const packed = await run('pnpm', ['--filter', './packages/*', 'pack', '--pack-destination', tarballs])
    const files = globSync(join(tarballs, '*.tgz'))
    if (packed !== 0 || files.length === 0) return sum([onePassed, oneFailed])
    return sum([onePassed, await judge('publint', files), await judge('attw', files)])
  },
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
