import type { GrantEntry } from '@solotab/auth-server'
import type { Journal } from './journal.ts'
import type { Algorithm, Mode } from './options.ts'
import type { RestRequest } from './rest-watch.ts'

/** What one run leaves to be judged. */
export interface Evidence {
  readonly algorithm: Algorithm
  readonly mode: Mode
  /** Of chaos, without what came after. */
  readonly minutes: number
  readonly seconds: number
  /** When it was over, for the pages that were open until then. */
  readonly endedMs: number
  /** The names of all actions that could be chosen. */
  readonly kinds: readonly string[]
  /** The time limit of a grant in the pages. */
  readonly requestTimeoutMs: number
  /** For how long a token is valid that Solotab hands out while it can refresh: the default of `minValidityMs`. */
  readonly guaranteedMs: number
  readonly journal: Journal
  /** The refresh token grants, in the server's order. */
  readonly grants: readonly GrantEntry[]
  readonly requests: readonly RestRequest[]
  /** Whether at the end, with all troubles over, every open tab came to the same generation. Null with stock. */
  readonly inStep: boolean | null
}
