import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { type Child, spawnChild } from './child.ts'

/** Starts an X display that nobody sees, of a number that is free. */
export async function startXvfb(executablePath: string): Promise<Child & { readonly display: string }> {
  const xvfb = spawnChild(executablePath, [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1280x800x24',
    '-nolisten',
    'tcp',
  ])
  const number = xvfb.process.stdio[3] as Readable
  const told = await Promise.race([once(number, 'data'), xvfb.ended.then(() => null)])
  if (!told) throw new Error('Xvfb ended before it had a display.')
  return { ...xvfb, display: `:${String(told[0]).trim()}` }
}
