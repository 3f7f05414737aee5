import { AccessTokens } from './access-tokens.ts'
import { createUser } from './accounts.ts'
import { Faults } from './control/faults.ts'
import { GrantLog } from './control/grant-log.ts'
import { RealtimeLog } from './data/realtime-log.ts'
import { RestLog } from './data/rest-log.ts'
import { Mailbox } from './mailbox.ts'
import { type AuthServerOptions, LIVE_OPTIONS, mergeOptions } from './options.ts'
import { RateLimiter } from './rate-limiter.ts'
import { Store } from './store.ts'
import { Waits } from './waits.ts'

/** All that one server remembers. Each route is given it whole. */
export class ServerState {
  /** The server's own address, without a trailing slash. Empty until it listens. */
  url = ''
  readonly grantLog = new GrantLog()
  readonly faults = new Faults()
  readonly mailbox = new Mailbox()
  readonly rateLimiter = new RateLimiter()
  readonly realtimeLog = new RealtimeLog()
  readonly restLog = new RestLog()
  readonly waits = new Waits()
  readonly #startOptions: AuthServerOptions
  #options: AuthServerOptions
  #store: Store
  #accessTokens: AccessTokens
  #aheadMs = 0

  private constructor(options: AuthServerOptions, accessTokens: AccessTokens) {
    this.#startOptions = options
    this.#options = options
    this.#store = seededStore(options)
    this.#accessTokens = accessTokens
  }

  static async create(options: AuthServerOptions): Promise<ServerState> {
    return new ServerState(options, await AccessTokens.create())
  }

  /** The options of now; those in `LIVE_OPTIONS` may differ from those of the start. */
  get options(): AuthServerOptions {
    return this.#options
  }

  get store(): Store {
    return this.#store
  }

  get accessTokens(): AccessTokens {
    return this.#accessTokens
  }

  nowMs(): number {
    return this.#options.nowMs() + this.#aheadMs
  }

  /** Puts the server's clock ahead, until the next reset. */
  passTime(ms: number): void {
    this.#aheadMs += ms
  }

  /**
   * Changes live options.
   * @throws {AuthServerError} `option_unknown`, `option_invalid`
   */
  changeOptions(changes: Readonly<Record<string, unknown>>): void {
    this.#options = mergeOptions(this.#options, changes, LIVE_OPTIONS)
  }

  /**
   * Puts everything back to the start, with `changes` over the options of the start. The signing key is a new one, so
   * that tokens of before are refused everywhere. Open connections stay.
   * @throws {AuthServerError} `option_unknown`, `option_invalid`; then nothing was reset.
   */
  async reset(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const options = mergeOptions(this.#startOptions, changes, [...LIVE_OPTIONS, 'users'])
    const accessTokens = await AccessTokens.create()
    this.#options = options
    this.#aheadMs = 0
    this.#accessTokens = accessTokens
    this.#store = seededStore(options)
    this.mailbox.clear()
    this.rateLimiter.clear()
    this.realtimeLog.clear()
    this.restLog.clear()
    this.faults.clear()
    this.waits.releaseAll()
    this.grantLog.clear()
  }
}

function seededStore(options: AuthServerOptions): Store {
  const store = new Store()
  for (const { email, password } of options.users) {
    createUser(store, { email, password, nowMs: options.nowMs() })
  }
  return store
}
