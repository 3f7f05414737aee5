import type { Knobs } from '../knobs/knobs.ts'
import { ageText } from '../pane/age.ts'
import { addressOf } from '../pane/place.ts'
import type { Command } from '../protocol/messages.ts'
import { type Staged, writeStaged } from '../protocol/staged.ts'
import type { User } from '../scenarios/users.ts'
import type { Control } from '../server/control.ts'
import type { Outcome } from '../verdicts/verdict.ts'
import type { Bench } from './bench.ts'
import type { BenchState, Frame } from './bench-state.ts'
import { LARGE_PANES, paneName } from './pane-names.ts'
import { waitFor } from './wait-for.ts'

export interface DriverOptions {
  readonly bench: Bench
  /** Null with a real project. */
  readonly control: Control | null
  readonly knobs: Knobs
  /** Who is signed in at the start. */
  readonly user: User
  readonly signal: AbortSignal
  /** Tells what happens now. */
  say(text: string): void
}

/** As many as a browser opens to one address: that many requests are answered before another one is sent. */
const CONNECTIONS = 6
const SLOW_MS = 1000 // 1 second

let openings = 0

/** What the steps of a scenario can do on one side. Every method ends with an error when the run is stopped. */
export class Driver {
  readonly knobs: Knobs
  readonly say: (text: string) => void
  readonly #bench: Bench
  readonly #control: Control | null
  readonly #signal: AbortSignal
  readonly user: User
  #staged: Staged
  #signedInMeanwhile: number | null = null
  readonly #withoutData = new Set<string>()

  constructor({ bench, control, knobs, user, signal, say }: DriverOptions, staged: Staged) {
    this.#bench = bench
    this.#control = control
    this.#signal = signal
    this.#staged = staged
    this.knobs = knobs
    this.user = user
    this.say = say
  }

  /** The server of this side. */
  get server(): Control {
    if (!this.#control) throw new Error('A real project cannot be told what to do.')
    return this.#control
  }

  get isHosted(): boolean {
    return this.#control === null
  }

  get state(): BenchState {
    return this.#bench.getState()
  }

  /** What it has come to. */
  get outcome(): Outcome {
    const { panes, grants } = this.state
    return {
      panes,
      grants,
      signedInMeanwhile: this.#signedInMeanwhile,
      withoutData: this.#withoutData.size,
    }
  }

  /** The frames that are open, by name, the first one first. */
  get tabs(): readonly string[] {
    return this.state.frames.map(({ pane }) => pane)
  }

  /** The tab that refreshes for all; with supabase-js alone, where each does it for itself, the first. */
  get leader(): string {
    const leads = this.state.panes.find(({ role, isRealTab }) => role === 'leader' && !isRealTab)
    return leads?.pane ?? this.tabs[0] ?? ''
  }

  get others(): readonly string[] {
    return this.tabs.filter((pane) => pane !== this.leader)
  }

  /** Opens frames until there are so many, each signed in or out as it comes. */
  async openTabs(count: number): Promise<void> {
    const first = this.tabs.length + 1
    const added = Array.from({ length: count - first + 1 }, (_, index) => this.#frame(first + index, null))
    this.#bench.showFrames([...this.state.frames, ...added])
    await this.until(({ panes }) => panes.filter(isStarted).length >= count, 'every tab has started')
  }

  /** Opens a duplicate of a tab: the browser copies the tab's session storage. */
  async duplicate(original: string): Promise<string> {
    const frame = this.#frame(this.tabs.length + 1, original)
    this.#bench.showFrames([...this.state.frames, frame])
    this.#bench.log.add('opened', frame.pane, 'opened as a duplicate')
    await this.until(
      ({ panes }) => panes.some((each) => each.pane === frame.pane && isStarted(each)),
      'it has started',
    )
    return frame.pane
  }

  /** Closes a tab: its frame is removed, as a tab's page would be. */
  close(pane: string): void {
    this.#bench.log.add('closed', pane, 'closed')
    this.#bench.showFrames(this.state.frames.filter((frame) => frame.pane !== pane))
  }

  /** Has tabs do something, all at one moment, and waits until they have. */
  async order(panes: readonly string[], command: Command): Promise<void> {
    const answers = await this.#unlessStopped(this.#bench.orders.give(panes, command))
    if (command.do !== 'load' || this.isHosted) return // who knows what tables a real project has
    for (const [pane, error] of answers) {
      if (error) this.#withoutData.add(pane)
      else this.#withoutData.delete(pane)
    }
  }

  /** @throws {Error} With the client's words for why somebody cannot sign in. */
  async signIn(pane: string, user: User): Promise<void> {
    const order = this.#bench.orders.give([pane], { do: 'sign-in', ...user })
    const error = (await this.#unlessStopped(order)).get(pane)
    if (error) throw new Error(error)
  }

  /** The next refreshes are answered slowly: whoever asks at one moment has asked before anybody has an answer. */
  slowAnswers(): Promise<void> {
    return this.server.fault({ kind: 'delay-answer', delayMs: SLOW_MS, times: CONNECTIONS })
  }

  /** Puts the clocks of the server and of all panes ahead. */
  async passTime(ms: number): Promise<void> {
    await this.server.passTime(ms)
    this.#bench.log.add('time-passed', null, `+${ageText(ms)}`)
    await this.#stage({ aheadMs: this.#staged.aheadMs + ms })
  }

  /** The access token expires. */
  passTokenLife(): Promise<void> {
    return this.passTime((this.knobs.accessTokenSeconds + 60) * 1000)
  }

  async setOffline(isOffline: boolean): Promise<void> {
    this.#bench.log.add(isOffline ? 'offline' : 'online', null, isOffline ? 'offline' : 'online')
    await this.#stage({ isOffline })
  }

  /** Notes how many tabs are signed in now. */
  noteWhoIsSignedIn(): void {
    this.#signedInMeanwhile = this.state.panes.filter(({ status }) => status === 'signed-in').length
  }

  /** Waits until that is so. */
  until(isSo: (state: BenchState) => boolean, what: string): Promise<void> {
    return waitFor(this.#bench, isSo, what, this.#signal)
  }

  /** Something that takes a while in the world. */
  async linger(ms: number): Promise<void> {
    await this.#unlessStopped(new Promise((resolve) => setTimeout(resolve, ms)))
  }

  async #stage(changes: Partial<Staged>): Promise<void> {
    this.#staged = { ...this.#staged, ...changes }
    writeStaged(this.#bench.side, this.#staged)
    await this.order(
      this.state.panes.map(({ pane }) => pane),
      { do: 'restage' },
    )
  }

  #frame(number: number, original: string | null): Frame {
    const { side } = this.#bench
    const pane = paneName(side, number)
    openings += 1
    return {
      pane,
      load: `${openings}`,
      src: addressOf(side, pane, `${openings}`, original),
      isSmall: number > LARGE_PANES,
    }
  }

  async #unlessStopped<T>(promise: Promise<T>): Promise<T> {
    this.#signal.throwIfAborted()
    const stopped = Promise.withResolvers<never>()
    const stop = () => stopped.reject(this.#signal.reason)
    this.#signal.addEventListener('abort', stop, { once: true })
    try {
      return await Promise.race([promise, stopped.promise])
    } finally {
      this.#signal.removeEventListener('abort', stop)
    }
  }
}

const isStarted = ({ status }: BenchState['panes'][number]) => status !== 'loading'
