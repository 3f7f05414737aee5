import { AuthServerError } from '../errors.ts'

/** What goes wrong. "Commit" is the change in the server's tables: without it nothing has happened to the session. */
export const FAULT_KINDS = [
  /** Waits `delayMs`, then goes on as usual: a slow way there. */
  'delay',
  /** Commits at once, answers after `delayMs`: a slow way back. */
  'delay-answer',
  /** Commits, then cuts the connection. */
  'drop-answer',
  /** Cuts the connection before the commit. */
  'drop-request',
  /** Answers with an error of the caller's choice. No commit. */
  'status',
  /** Answers 200 with a body of no use. No commit. */
  'garbage',
  /** Never answers. No commit. */
  'hang',
  /** Commits, then never answers. */
  'hang-after-commit',
] as const

export type FaultKind = (typeof FAULT_KINDS)[number]

/** Which requests a fault may hit. `all-auth` is everything under `/auth/v1`. */
export const FAULT_MATCHES = ['refresh', 'password', 'user', 'logout', 'all-auth'] as const

export type FaultMatch = (typeof FAULT_MATCHES)[number]

/** One fault, for the next `times` requests that match. */
export interface Fault {
  readonly kind: FaultKind
  readonly match: FaultMatch
  /** Requests left to hit. */
  readonly times: number
  /** Milliseconds before the fault shows its effect. Without meaning for `hang` and `hang-after-commit`. */
  readonly delayMs: number
  /** Of `status`: 400 to 599. */
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
  /** Of `garbage`: a body that is not JSON, or JSON that is not a token response. */
  readonly body: 'not-json' | 'no-tokens'
}

const DEFAULT_FAULT: Omit<Fault, 'kind'> = {
  match: 'refresh',
  times: 1,
  delayMs: 0,
  status: 500,
  code: 'unexpected_failure',
  message: 'Injected failure',
  headers: {},
  body: 'not-json',
}

const isCount = (value: unknown, min: number, max = Number.MAX_SAFE_INTEGER) =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max
const isOneOf = (value: unknown, list: readonly string[]) => typeof value === 'string' && list.includes(value)
const isHeaders = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'string')

const RULES: Record<keyof Fault, (value: unknown) => boolean> = {
  kind: (value) => isOneOf(value, FAULT_KINDS),
  match: (value) => isOneOf(value, FAULT_MATCHES),
  times: (value) => isCount(value, 1),
  delayMs: (value) => isCount(value, 0),
  status: (value) => isCount(value, 400, 599),
  code: (value) => typeof value === 'string',
  message: (value) => typeof value === 'string',
  headers: isHeaders,
  body: (value) => isOneOf(value, ['not-json', 'no-tokens']),
}

/**
 * Reads a fault as a control request describes it.
 * @throws {AuthServerError} `fault_invalid`: an unknown member, or a value outside its range.
 */
export function parseFault(given: Readonly<Record<string, unknown>>): Fault {
  for (const [name, value] of Object.entries({ kind: undefined, ...given })) {
    const accepts = Object.hasOwn(RULES, name) && RULES[name as keyof Fault](value)
    if (!accepts) throw new AuthServerError('fault_invalid', `${name} is not a valid part of a fault`)
  }
  return { ...DEFAULT_FAULT, ...(given as Partial<Fault> & Pick<Fault, 'kind'>) }
}

/** The faults that are still to come, first in, first out. */
export class Faults {
  #pending: readonly Fault[] = []

  get pending(): readonly Fault[] {
    return this.#pending
  }

  add(fault: Fault): void {
    this.#pending = [...this.#pending, fault]
  }

  /** Uses up one occurrence of the first fault that matches. `endpoint` null: only `all-auth` can. */
  take(endpoint: FaultMatch | null): Fault | null {
    const hit = this.#pending.find(({ match }) => match === endpoint || match === 'all-auth')
    if (!hit) return null
    const left = { ...hit, times: hit.times - 1 }
    this.#pending = this.#pending
      .map((fault) => (fault === hit ? left : fault))
      .filter(({ times }) => times > 0)
    return hit
  }

  clear(): void {
    this.#pending = []
  }
}
