import type { Crowd } from './crowd.ts'
import type { Trouble } from './journal.ts'
import type { Tab } from './tab.ts'

/** One thing that can happen to tabs. */
export interface Action {
  readonly name: string
  /** How often, against the others. */
  readonly weight: number
  /** Does it; false if there was nothing to do it to. */
  run(crowd: Crowd): Promise<boolean>
}

const between = (crowd: Crowd, least: number, most: number) =>
  least + crowd.random.fraction() * (most - least)

const running = (crowd: Crowd) => crowd.tabs.filter((tab) => tab.runs)

/** Those whose network is not in trouble. */
const onLine = (tabs: readonly Tab[]) => tabs.filter((tab) => !tab.offline && !tab.slow)

/** Does something to one of these tabs, if there is one. */
const toOneOf = async (
  crowd: Crowd,
  tabs: readonly Tab[],
  act: (tab: Tab) => Promise<void>,
): Promise<boolean> => {
  const tab = tabs.length > 0 ? crowd.random.pick(tabs) : undefined
  if (!tab) return false
  await act(tab)
  return true
}

/** A tab may go only where another one is left that runs. */
const dispensable = (crowd: Crowd) => crowd.tabs.filter((tab) => crowd.behind.some((other) => other !== tab))

/** Half of the time something is going on in the tab. */
const perhapsMidGrant = async (crowd: Crowd, tab: Tab) => {
  if (tab.runs && crowd.random.fraction() < 0.5) await tab.askForRotation()
}

/** Gives a tab trouble until `mostMs` from now at the latest. */
const forAWhile = async (
  crowd: Crowd,
  tab: Tab,
  trouble: Trouble,
  mostMs: number,
  begin: () => Promise<void>,
  end: () => Promise<void>,
) => {
  const over = crowd.journal.begin(trouble, tab.load)
  crowd.endLater(tab, between(crowd, 300, mostMs), () => end().finally(over))
  await begin()
}

/** All actions on tabs, with at most `most` open. */
export const tabActions = (most: number, elsewhere: string): readonly Action[] => [
  {
    name: 'open',
    weight: 16,
    run: async (crowd) => crowd.tabs.length < most && (await crowd.open()) !== null,
  },
  {
    name: 'close',
    weight: 4,
    run: (crowd) =>
      toOneOf(crowd, dispensable(crowd), async (tab) => {
        await perhapsMidGrant(crowd, tab)
        await crowd.lose(tab, 'closed', () => tab.close())
      }),
  },
  {
    name: 'crash',
    weight: 2,
    // Mostly one that runs: of one that sleeps nobody can tell by its silence that it is gone.
    run: (crowd) => {
      const any = crowd.random.fraction() < 0.25
      const tabs = dispensable(crowd).filter((tab) => any || tab.runs)
      return toOneOf(crowd, tabs, async (tab) => {
        await perhapsMidGrant(crowd, tab)
        await crowd.lose(tab, 'crashed', () => tab.crash())
      })
    },
  },
  {
    name: 'reload',
    weight: 4,
    run: (crowd) =>
      toOneOf(crowd, onLine(running(crowd)), async (tab) => {
        await perhapsMidGrant(crowd, tab)
        tab.lose('reloaded', crowd.journal)
        await tab.reload()
      }),
  },
  {
    name: 'show',
    weight: 12,
    // Mostly one that runs: a tab that is shown thaws, and some are to stay frozen for long.
    run: (crowd) =>
      toOneOf(
        crowd,
        crowd.random.fraction() < 0.2 ? crowd.tabs.filter((tab) => !tab.away) : crowd.behind,
        (tab) => crowd.show(tab),
      ),
  },
  {
    name: 'freeze',
    weight: 6,
    run: (crowd) =>
      toOneOf(crowd, crowd.behind, async (tab) => {
        await perhapsMidGrant(crowd, tab)
        await tab.freeze(crowd.journal)
        crowd.endLater(tab, between(crowd, 500, 45_000), () => tab.thaw())
      }),
  },
  {
    name: 'go elsewhere and back',
    weight: 5,
    run: (crowd) =>
      toOneOf(crowd, onLine(crowd.behind), async (tab) => {
        await perhapsMidGrant(crowd, tab)
        await forAWhile(
          crowd,
          tab,
          'away',
          10_000,
          () => tab.leaveFor(elsewhere),
          () => tab.comeBack(),
        )
      }),
  },
  {
    name: 'off line',
    weight: 5,
    run: (crowd) =>
      toOneOf(crowd, onLine(running(crowd)), async (tab) => {
        await perhapsMidGrant(crowd, tab)
        await forAWhile(
          crowd,
          tab,
          'off line',
          6000,
          () => tab.setNetwork({ offline: true, latencyMs: 0 }),
          () => tab.setNetwork({ offline: false, latencyMs: 0 }),
        )
      }),
  },
  {
    name: 'slow network',
    weight: 5,
    run: (crowd) =>
      toOneOf(crowd, onLine(running(crowd)), (tab) =>
        forAWhile(
          crowd,
          tab,
          'slow network',
          10_000,
          () => tab.setNetwork({ offline: false, latencyMs: between(crowd, 50, 600) }),
          () => tab.setNetwork({ offline: false, latencyMs: 0 }),
        ),
      ),
  },
  {
    name: 'slow processor',
    weight: 4,
    run: (crowd) =>
      toOneOf(crowd, running(crowd), (tab) =>
        forAWhile(
          crowd,
          tab,
          'slow processor',
          6000,
          () => tab.setProcessor(between(crowd, 2, 6)),
          () => tab.setProcessor(1),
        ),
      ),
  },
  {
    name: 'ask for a rotation',
    weight: 40,
    run: async (crowd) => {
      const asked = 1 + Math.floor(crowd.random.fraction() * 3)
      const some = Array.from({ length: asked }, () => crowd.random.pick(running(crowd)))
      await Promise.all(some.map((tab) => tab?.askForRotation()))
      return some.some((tab) => tab !== undefined)
    },
  },
]
