import type { AuthServer, Fault } from '@solotab/auth-server'
import type { Seeded } from '../src/seeded.ts'
import type { Journal } from './journal.ts'
import type { Action } from './tab-actions.ts'

/** Longer than anything that the server delays here, as the real server's own limit is. */
export const REQUEST_TIMEOUT_MS = 6 * 1000 // 6 seconds

const PLAIN: Omit<Fault, 'kind'> = {
  match: 'refresh',
  times: 1,
  delayMs: 0,
  status: 500,
  code: 'unexpected_failure',
  message: 'Injected failure',
  headers: {},
  body: 'not-json',
}

/** What may happen to the next grant that reaches the server; each line as likely as another. */
const FAULTS: readonly ((ms: number) => Pick<Fault, 'kind'> & Partial<Fault>)[] = [
  (ms) => ({ kind: 'delay', delayMs: ms / 2 }),
  (ms) => ({ kind: 'delay-answer', delayMs: ms / 2 }),
  // Beyond the page's patience: the answer is lost.
  (ms) => ({ kind: 'delay-answer', delayMs: REQUEST_TIMEOUT_MS + ms }),
  () => ({ kind: 'drop-answer' }),
  () => ({ kind: 'drop-request' }),
  () => ({ kind: 'hang' }),
  () => ({ kind: 'hang-after-commit' }),
  () => ({ kind: 'status', status: 500 }),
  () => ({ kind: 'status', status: 503, code: 'unavailable' }),
  () => ({ kind: 'status', status: 409, code: 'conflict' }),
  () => ({ kind: 'status', status: 429, code: 'over_request_rate_limit' }),
  (ms) => ({
    kind: 'status',
    status: 429,
    code: 'over_request_rate_limit',
    headers: { 'Retry-After': String(Math.ceil(ms / 1000)) },
  }),
  () => ({ kind: 'garbage', body: 'not-json' }),
  () => ({ kind: 'garbage', body: 'no-tokens' }),
]

/** The server's part in the chaos. */
export class ServerActions {
  readonly #server: AuthServer
  readonly #random: Seeded
  readonly #journal: Journal
  #outage: { readonly untilMs: number; end(): void } | null = null

  constructor(server: AuthServer, random: Seeded, journal: Journal) {
    this.#server = server
    this.#random = random
    this.#journal = journal
  }

  /** What may happen on the server's side, as actions. */
  get actions(): readonly Action[] {
    const act = (run: () => void) => async () => {
      run()
      return true
    }
    return [
      { name: 'a fault for the next grant', weight: 4, run: act(() => this.#fault()) },
      { name: 'another latency', weight: 2, run: act(() => this.#changeLatency()) },
      { name: 'an outage', weight: 1, run: async () => this.#beginOutage() },
    ]
  }

  /** Lets the next grant go wrong. */
  #fault(): void {
    const fault = this.#random.pick(FAULTS)(Math.floor(500 + this.#random.fraction() * 3500))
    this.#server.state.faults.add({ ...PLAIN, ...fault, delayMs: Math.floor(fault.delayMs ?? 0) })
  }

  /** Takes a little longer for every answer, from now on. */
  #changeLatency(): void {
    this.#server.state.changeOptions({ latencyMs: Math.floor(this.#random.fraction() * 200) })
  }

  /** Nothing of the auth server works for a few seconds; the data can still be had. False if that is so already. */
  #beginOutage(): boolean {
    if (this.#outage) return false
    const kind = this.#random.pick(['status', 'drop-request', 'hang'] as const)
    this.#server.state.faults.add({ ...PLAIN, kind, status: 503, match: 'all-auth', times: 1_000_000 })
    const untilMs = Date.now() + 1000 + this.#random.fraction() * 7000
    this.#outage = { untilMs, end: this.#journal.begin('outage', null) }
    return true
  }

  /** Ends an outage whose time has come, or in any case. */
  endDue(all = false): void {
    if (!all && (!this.#outage || this.#outage.untilMs > Date.now())) return
    this.#server.state.faults.clear()
    this.#server.state.waits.releaseAll()
    this.#outage?.end()
    this.#outage = null
  }
}
