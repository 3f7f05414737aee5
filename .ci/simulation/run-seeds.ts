import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Broken, Progress, Task } from './worker.ts'

export interface Totals {
  readonly runs: number
  readonly grants: number
  /** Schedules that broke something: one at the most, unless all are wanted. */
  readonly broken: readonly Broken[]
}

/**
 * Runs the schedules of `runs` seeds on `workers` threads, until one breaks something or the time is over.
 * @throws {Error} a thread has ended before it had run its share.
 */
export async function runSeeds(
  task: Omit<Task, 'step' | 'drills'>,
  workers: number,
  options: { readonly limitMs?: number; readonly onProgress?: (totals: Totals) => void } = {},
): Promise<Totals> {
  let totals: Totals = { runs: 0, grants: 0, broken: [] }
  const threads = Array.from({ length: workers }, (_, n) => {
    const share = Math.ceil((task.runs - n) / workers)
    const workerData: Task = {
      ...task,
      firstSeed: task.firstSeed + n,
      step: workers,
      runs: share,
      drills: n === 0 && task.runs > 1,
    }
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData })
  })
  let stopped = false
  const stop = () => {
    stopped = true
    for (const thread of threads) void thread.terminate()
  }
  const timer = options.limitMs === undefined ? null : setTimeout(stop, options.limitMs)
  const ends = threads.map(async (thread) => {
    thread.on('message', (progress: Progress) => {
      const { runs, grants, broken } = progress
      totals = {
        runs: totals.runs + runs,
        grants: totals.grants + grants,
        broken:
          broken && (task.all || totals.broken.length === 0) ? [...totals.broken, broken] : totals.broken,
      }
      if (broken && !task.all) stop()
      options.onProgress?.(totals)
    })
    const [code] = await once(thread, 'exit')
    // A schedule that waits for what never comes leaves the thread nothing to do.
    if (code !== 0 && !stopped) throw new Error(`A thread has ended in the middle of a schedule (${code}).`)
  })
  try {
    await Promise.all(ends)
    if (!stopped && totals.runs < task.runs) throw new Error('Some schedules have not been run.')
  } finally {
    if (timer) clearTimeout(timer)
    stop()
  }
  return totals
}
