import { GrantRefused } from '../errors.ts'
import type { Session } from '../session.ts'
import type { EventLoop, Owner } from './event-loop.ts'

/** What goes wrong with one grant. */
interface Fault {
  /** Milliseconds before the server decides. */
  readonly beforeMs?: number
  /** Milliseconds from the decision to the answer. */
  readonly afterMs?: number
  /** The decision stands, its answer never comes. */
  readonly lost?: boolean
  /** Thrown in place of a decision. */
  readonly error?: Error
  /** Answered in place of the session that was granted. */
  readonly garbage?: unknown
}

type Decision = 'rotated' | 'parent' | 'interval' | 'reuse' | 'unknown' | 'error' | 'pending'

/** One request that a page has sent. */
export interface SentGrant {
  readonly atMs: number
  readonly sender: Owner
  readonly refreshToken: string
  decision: Decision
  /** `out`: the page waits. `answered`: it has heard. `given-up`: it has not, and waits no more. */
  fate: 'out' | 'answered' | 'given-up'
  /** When it has heard. */
  answeredAtMs: number
}

export interface ServerOptions {
  readonly lifetimeSeconds?: number
  /** Answers a token that was rotated less than this ago; 0 and no parent rule: a strict server. */
  readonly reuseIntervalMs?: number
  /** Answers the parent of the active token at any time. */
  readonly parentRule?: boolean
  /** Members in the answer in place of `expires_in`. */
  readonly expiry?: (nowMs: number, lifetimeSeconds: number) => Partial<Session>
}

export interface ModelServer {
  readonly options: Required<ServerOptions>
  /** Every grant, in order. */
  readonly sent: SentGrant[]
  /** Chooses what goes wrong with the nth grant, counted from 1. */
  fault: (n: number) => Fault
  /** The session of a new user. */
  signIn(): Session
  refresh(sender: Owner, refreshToken: string, signal: AbortSignal): Promise<Session>
  countOf(decision: Decision): number
  /** A page is gone: what it waits for is lost. */
  drop(owner: Owner, isStored: (refreshToken: string) => boolean): void
}

interface Token {
  readonly family: number
  readonly parent: string | null
  revoked: boolean
  updatedAtMs: number
}

const LATENCY_MS = 10
const alreadyUsed = () => new GrantRefused('revoked', 'refresh_token_already_used')

/** Supabase Auth's refresh token grant with version 1 tokens: reuse interval, parent rule, revocation. */
export const createModelServer = (
  loop: EventLoop,
  wallMs: () => number,
  given: ServerOptions,
): ModelServer => {
  const options: Required<ServerOptions> = {
    lifetimeSeconds: 3600,
    reuseIntervalMs: 10_000,
    parentRule: true,
    expiry: (_, lifetimeSeconds) => ({ expires_in: lifetimeSeconds }),
    ...given,
  }
  const tokens = new Map<string, Token>()
  let families = 0
  let issued = 0

  const activeOf = (family: number): string | undefined =>
    [...tokens].find(([, token]) => token.family === family && !token.revoked)?.[0]

  const issue = (family: number, parent: string | null): string => {
    // Every test looks for the word `secret` where no refresh token may be.
    const refreshToken = `secret-${family}-${++issued}`
    tokens.set(refreshToken, { family, parent, revoked: false, updatedAtMs: loop.nowMs() })
    return refreshToken
  }

  const answer = (refreshToken: string): Session => ({
    access_token: `access-${refreshToken.slice('secret-'.length)}-at-${loop.nowMs()}`,
    refresh_token: refreshToken,
    ...options.expiry(wallMs(), options.lifetimeSeconds),
  })

  const revoke = (token: Token): void => {
    token.revoked = true
    token.updatedAtMs = loop.nowMs()
  }

  const decide = (grant: SentGrant): Session => {
    const token = tokens.get(grant.refreshToken)
    if (!token) {
      grant.decision = 'unknown'
      throw new GrantRefused('revoked', 'refresh_token_not_found')
    }
    if (!token.revoked) {
      grant.decision = 'rotated'
      revoke(token)
      return answer(issue(token.family, grant.refreshToken))
    }
    const active = activeOf(token.family)
    if (options.parentRule && active && tokens.get(active)?.parent === grant.refreshToken) {
      grant.decision = 'parent'
      return answer(active)
    }
    if (loop.nowMs() <= token.updatedAtMs + options.reuseIntervalMs && options.reuseIntervalMs > 0) {
      grant.decision = 'interval'
      token.updatedAtMs = loop.nowMs()
      return answer(issue(token.family, grant.refreshToken))
    }
    grant.decision = 'reuse'
    for (const other of tokens.values()) if (other.family === token.family && !other.revoked) revoke(other)
    throw alreadyUsed()
  }

  const server: ModelServer = {
    options,
    sent: [],
    fault: () => ({}),
    signIn: () => answer(issue(++families, null)),
    refresh: (sender, refreshToken, signal) =>
      new Promise((resolve, reject) => {
        const grant: SentGrant = {
          atMs: loop.nowMs(),
          sender,
          refreshToken,
          decision: 'pending',
          fate: 'out',
          answeredAtMs: Number.POSITIVE_INFINITY,
        }
        server.sent.push(grant)
        const { beforeMs = 0, afterMs = 0, lost = false, error, garbage } = server.fault(server.sent.length)
        signal.addEventListener('abort', () => {
          if (grant.fate === 'out') grant.fate = 'given-up'
          cancelRequest()
          reject(signal.reason)
        })
        const reply = (send: () => void) =>
          loop.add('network', sender, afterMs + LATENCY_MS, () => {
            if (grant.fate === 'out') {
              grant.fate = 'answered'
              grant.answeredAtMs = loop.nowMs()
            }
            send()
          })
        const process = () => {
          try {
            if (error) {
              grant.decision = 'error'
              throw error
            }
            const session = decide(grant)
            if (!lost) reply(() => resolve(garbage === undefined ? session : (garbage as Session)))
          } catch (refusal) {
            if (!lost) reply(() => reject(refusal))
          }
        }
        // The request of a frozen page goes out when it is resumed; once out, the server completes it.
        const cancelRequest = loop.add('network', sender, 0, () => {
          loop.add('network', null, LATENCY_MS + beforeMs, process)
        })
      }),
    countOf: (decision) => server.sent.filter((grant) => grant.decision === decision).length,
    drop(owner, isStored) {
      for (const grant of server.sent) {
        // An answer that was not stored yet goes with the page.
        if (grant.sender === owner && (grant.fate === 'out' || isStored(grant.refreshToken)))
          grant.fate = 'given-up'
      }
    },
  }
  return server
}
