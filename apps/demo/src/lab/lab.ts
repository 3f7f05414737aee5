import { Bench } from '../bench/bench.ts'
import type { Driver } from '../bench/driver.ts'
import { prepare } from '../bench/prepare.ts'
import { waitForQuiet } from '../bench/wait-for.ts'
import type { Knobs } from '../knobs/knobs.ts'
import { openLabLine } from '../protocol/channel.ts'
import { SIDES, type Side } from '../protocol/side.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { User } from '../scenarios/users.ts'
import { type Control, createControl } from '../server/control.ts'
import { findServers } from '../server/find-servers.ts'
import { followGrants } from '../server/grant-stream.ts'
import { isHosted, projectAt } from '../server/project.ts'
import { type LabState, NO_RUN, type SideRun } from './lab-state.ts'
import { createStore } from './store.ts'

const STOPPED = new DOMException('The run was stopped.', 'AbortError')

/** Runs scenarios on both sides at once. */
export class Lab {
  readonly isHosted: boolean
  readonly benches: Readonly<Record<Side, Bench>>
  readonly #store
  readonly #env: ImportMetaEnv
  #urls: Readonly<Record<Side, string>> = { stock: '', solotab: '' }
  /** The servers are this lab's, and no other one's. */
  #isMine = false
  #running = new AbortController()
  #ended: Promise<void> = Promise.resolve()

  constructor(env: ImportMetaEnv, initial: LabState) {
    this.#env = env
    this.isHosted = isHosted(env)
    this.#store = createStore(initial)
    const line = openLabLine()
    this.benches = { stock: new Bench('stock', line), solotab: new Bench('solotab', line) }
    this.#endLogs() // no time runs before there is a run
  }

  readonly getState = (): LabState => this.#store.get()
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener)

  /** Two labs would share the servers and the stored sessions, so the second one waits for the first to be closed. */
  async start(runsAtOnce: boolean): Promise<void> {
    const begin = async () => {
      this.#isMine = true
      this.#urls = await this.#findProjects()
      for (const side of SIDES) {
        const bench = this.benches[side]
        if (this.isHosted) bench.countsWhatPanesSee = true
        else followGrants(this.#urls[side], (grant) => bench.hearGrant(grant))
      }
      await (runsAtOnce ? this.run() : this.reset())
      await new Promise(() => {}) // as long as the page lives
    }
    if (!navigator.locks) return begin()
    await navigator.locks.request('solotab-lab', { ifAvailable: true }, async (lock) => lock && begin())
    this.#store.set({ phase: 'elsewhere' })
    await navigator.locks.request('solotab-lab', begin)
  }

  choose(scenario: Scenario): Promise<void> {
    this.#store.set({ scenario })
    return this.run()
  }

  setTabs(tabs: number): Promise<void> {
    this.#store.set({ tabs })
    return this.reset()
  }

  setKnobs(changes: Partial<Knobs>): Promise<void> {
    this.#store.set({ knobs: { ...this.getState().knobs, ...changes } })
    return this.reset()
  }

  async setUser(user: User): Promise<void> {
    this.#store.set({ user })
    await this.reset()
    if (this.getState().problem) this.#store.set({ user: null, phase: 'no-user' }) // another try
  }

  /** Stops what runs, and begins anew with nothing going on. */
  reset(): Promise<void> {
    return this.#begin('opening', this.getState().tabs, {}, async () => {
      this.#endLogs()
      this.#store.set({ phase: 'ready' })
    })
  }

  /** Runs the scenario on both sides, from a new beginning. */
  run(): Promise<void> {
    const { scenario, tabs } = this.getState()
    this.#store.set({ unknown: null })
    // A real project's rate limit is not for thirty tabs to use up.
    const wanted = this.isHosted ? tabs : (scenario.tabs ?? tabs)
    return this.#begin('starting', wanted, scenario, async (drivers, signal) => {
      this.#store.set({ phase: 'running' })
      await Promise.all(drivers.map((driver, index) => this.#play(SIDES[index] as Side, driver, signal)))
      this.#endLogs() // together: the same time is shown on both
      this.#store.set({ phase: 'done' })
    })
  }

  async #play(side: Side, driver: Driver, signal: AbortSignal): Promise<void> {
    const { scenario } = this.getState()
    const bench = this.benches[side]
    await scenario.play(driver)
    await waitForQuiet(bench, signal)
    this.#setRun(side, { verdict: scenario.verdict(driver.outcome) })
  }

  /** Opens tabs on both sides, and goes on unless something else was begun meanwhile. */
  async #begin(
    phase: 'opening' | 'starting',
    tabs: number,
    options: Pick<Scenario, 'storage' | 'opens'>,
    goOn: (drivers: readonly Driver[], signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (!this.#isMine) return
    this.#running.abort(STOPPED)
    const running = new AbortController()
    this.#running = running
    const before = this.#ended
    const ended = Promise.withResolvers<void>()
    this.#ended = ended.promise
    await before
    if (running.signal.aborted) return ended.resolve()
    const { knobs, user } = this.getState()
    this.#store.set({
      phase: user ? phase : 'no-user',
      shownTabs: tabs + (options.opens ?? 0),
      shownStorage: options.storage ?? 'local',
      problem: null,
      runs: { stock: NO_RUN, solotab: NO_RUN },
    })
    if (!user) return ended.resolve()
    const { signal } = running
    try {
      const drivers = await Promise.all(
        SIDES.map((side) => {
          const bench = this.benches[side]
          const say = (saying: string) => this.#setRun(side, { saying })
          const driving = { bench, control: this.#controlOf(side), knobs, user, signal, say }
          return prepare(driving, options, tabs, this.#urls[side])
        }),
      )
      for (const side of SIDES) this.benches[side].beginRun()
      await goOn(drivers, signal)
    } catch (error) {
      if (signal.aborted) return
      running.abort(STOPPED) // what the other side still does
      this.#endLogs()
      const problem = error instanceof Error ? error.message : String(error)
      this.#store.set({ phase: 'ready', problem })
    } finally {
      ended.resolve()
    }
  }

  #endLogs(): void {
    for (const side of SIDES) this.benches[side].log.end()
  }

  #setRun(side: Side, changes: Partial<SideRun>): void {
    const { runs } = this.getState()
    this.#store.set({ runs: { ...runs, [side]: { ...runs[side], ...changes } } })
  }

  #controlOf(side: Side): Control | null {
    return this.isHosted ? null : createControl(this.#urls[side])
  }

  async #findProjects(): Promise<Readonly<Record<Side, string>>> {
    if (!this.isHosted) return findServers(document.baseURI)
    const { url } = projectAt('', this.#env)
    return { stock: url, solotab: url }
  }
}
