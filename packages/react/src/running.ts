import { type Coordinator, SessionError } from '@solotab/core'
import { createTabList, type TabList } from '@solotab/core/tabs'

interface Run {
  readonly coordinator: Coordinator
  readonly tabs: TabList
  users: number
}

const runs = new WeakMap<Coordinator, Run>()
/** The one of each name that ran last. */
const latest = new Map<string, Run>()

const runOf = (coordinator: Coordinator): Run => {
  const run = runs.get(coordinator) ?? { coordinator, tabs: createTabList(coordinator), users: 0 }
  runs.set(coordinator, run)
  return run
}

/** The list of a coordinator's tabs. It lives as long as the coordinator is kept running. */
export const tabsOf = (coordinator: Coordinator): TabList => runOf(coordinator).tabs

const stopUnused = ({ coordinator, tabs, users }: Run): void => {
  if (users) return
  tabs.close()
  // It never rejects.
  void coordinator.close()
}

/**
 * Keeps the coordinator and its tab list running until the returned function is called. What is taken up again
 * in the same task has never stopped: StrictMode and a changed key mount twice, and nobody notices.
 * @throws {SessionError} `name_in_use`
 */
export const keepRunning = (coordinator: Coordinator): (() => void) => {
  const { name } = coordinator
  const run = runOf(coordinator)
  const before = latest.get(name)
  // Another one of this name may be on its way out.
  if (before && before !== run) stopUnused(before)
  try {
    coordinator.start()
  } catch (error) {
    if ((error as SessionError).code !== 'name_in_use') throw error
    throw new SessionError(
      'name_in_use',
      `Two coordinators "${name}": create one, outside of components, for all providers.`,
      error,
    )
  }
  run.tabs.start()
  run.users += 1
  latest.set(name, run)
  return () => {
    run.users -= 1
    queueMicrotask(() => stopUnused(run))
  }
}
