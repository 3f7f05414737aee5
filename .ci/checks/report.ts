import { readFile, rm } from 'node:fs/promises'
import { noResults, type Tally, withExitCode } from './tally.ts'

/**
 * Runs a test runner that leaves its results in a JSON file, and counts them.
 * A file of an earlier run is removed first, so that a crash cannot be mistaken for an old success.
 */
export async function tallyFromReport(
  path: string,
  execute: () => Promise<number>,
  count: (report: unknown) => Tally,
): Promise<Tally> {
  await rm(path, { force: true })
  const exitCode = await execute()
  return withExitCode(await readTally(path, count), exitCode)
}

async function readTally(path: string, count: (report: unknown) => Tally): Promise<Tally> {
  try {
    return count(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    console.error(`No readable results in ${path}:`, error)
    return noResults
  }
}
