import { GrantRefused } from '../errors.ts'
import type { Session } from '../session.ts'
import type { EventLoop, Owner } from './event-loop.ts'
import { decide, type ModelSession, type ModelToken, type ServerRules } from './model-decision.ts'

/** What goes wrong with one grant. */
export interface Fault {
  /** Milliseconds before the server decides. */
  readonly beforeMs?: number
  /** Milliseconds from the decision to the answer. */
  readonly afterMs?: number
  /** The decision stands, its answer never comes. */
  readonly lost?: boolean
  /** Thrown in place of a decision. */
  readonly error?: Error
  /** The decision stands, and this comes in place of its answer: the connection breaks. */
  readonly broken?: Error
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
  /** What was decided never reached the page. */
  isLost: boolean
  /** What came in place of tokens. */
  error: unknown
}

export interface ServerOptions extends Partial<ServerRules> {
  readonly lifetimeSeconds?: number
  /** Members in the answer in place of `expires_in`. */
  readonly expiry?: (nowMs: number, lifetimeSeconds: number) => Partial<Session>
}

export interface ModelServer {
  readonly options: Required<ServerOptions>
  /** Every grant, in order. */
  readonly sent: SentGrant[]
  /** Chooses what goes wrong with the nth grant, counted from 1. */
  fault: (n: number) => Fault
  /** Hears every decision. */
  onDecided: (grant: SentGrant) => void
  /** The session of a new user. */
  signIn(): Session
  /** The session behind a refresh token is deleted, as a sign-out does it. */
  revoke(refreshToken: string): void
  refresh(sender: Owner, refreshToken: string, signal: AbortSignal): Promise<Session>
  countOf(decision: Decision): number
  /** A page is gone: what it waits for is lost. */
  drop(owner: Owner, isStored: (refreshToken: string) => boolean): void
}

const LATENCY_MS = 10

/** Supabase Auth's refresh token grant: rotation, reuse interval, parent rule, revocation; version 1 or 2. */
export const createModelServer = (
  loop: EventLoop,
  wallMs: () => number,
  given: ServerOptions,
): ModelServer => {
  const options: Required<ServerOptions> = {
    version: 1,
    lifetimeSeconds: 3600,
    reuseIntervalMs: 10_000,
    parentRule: true,
    expiry: (_, lifetimeSeconds) => ({ expires_in: lifetimeSeconds }),
    ...given,
  }
  const sessions = new Map<string, ModelSession>()
  let families = 0
  let issued = 0

  const issue = (session: ModelSession, parent: string | null): ModelToken => {
    // Every test looks for the word `secret` where no refresh token may be.
    const token = {
      value: `secret-${session.id}-${++issued}`,
      parent,
      revoked: false,
      updatedAtMs: loop.nowMs(),
    }
    session.tokens.push(token)
    return token
  }

  const answer = (refreshToken: string): Session => ({
    access_token: `access-${refreshToken.slice('secret-'.length)}-at-${loop.nowMs()}`,
    refresh_token: refreshToken,
    ...options.expiry(wallMs(), options.lifetimeSeconds),
  })

  const sessionOf = (refreshToken: string) => sessions.get(refreshToken.split('-')[1] ?? '')

  const answerTo = (grant: SentGrant): Session => {
    const session = sessionOf(grant.refreshToken)
    const nowMs = loop.nowMs()
    const decision = session ? decide(session, grant.refreshToken, nowMs, options) : 'unknown'
    if (!session || decision === 'unknown') {
      grant.decision = 'unknown'
      throw new GrantRefused('revoked', 'refresh_token_not_found')
    }
    grant.decision = decision
    const presented = session.tokens.find(({ value }) => value === grant.refreshToken)
    const active = session.tokens.filter(({ revoked }) => !revoked)
    if (decision === 'reuse') {
      if (options.version === 2) sessions.delete(session.id)
      for (const token of active) Object.assign(token, { revoked: true, updatedAtMs: nowMs })
      throw new GrantRefused('revoked', 'refresh_token_already_used')
    }
    session.refreshedAtMs = nowMs
    const newest = active.at(-1)
    if (newest && (decision === 'parent' || (decision === 'interval' && options.version === 2))) {
      return answer(newest.value)
    }
    if (presented) Object.assign(presented, { revoked: true, updatedAtMs: nowMs })
    return answer(issue(session, grant.refreshToken).value)
  }

  const server: ModelServer = {
    options,
    sent: [],
    fault: () => ({}),
    onDecided: () => {},
    signIn() {
      const session: ModelSession = { id: `${++families}`, tokens: [], refreshedAtMs: loop.nowMs() }
      sessions.set(session.id, session)
      return answer(issue(session, null).value)
    },
    revoke: (refreshToken) => void sessionOf(refreshToken)?.tokens.splice(0),
    refresh: (sender, refreshToken, signal) =>
      new Promise((resolve, reject) => {
        if (sender.gone) return
        const grant: SentGrant = {
          atMs: loop.nowMs(),
          sender,
          refreshToken,
          decision: 'pending',
          fate: 'out',
          answeredAtMs: Number.POSITIVE_INFINITY,
          isLost: false,
          error: null,
        }
        server.sent.push(grant)
        const fault = server.fault(server.sent.length)
        const { beforeMs = 0, afterMs = 0, lost = false, error, broken } = fault
        grant.isLost = lost || broken !== undefined || 'garbage' in fault
        signal.addEventListener('abort', () => {
          if (grant.fate === 'out') grant.fate = 'given-up'
          cancelRequest()
          reject(signal.reason)
        })
        const reply = (send: () => void) => {
          server.onDecided(grant)
          if (lost) return
          loop.add('network', sender, afterMs + LATENCY_MS, () => {
            if (grant.fate === 'out') {
              grant.fate = 'answered'
              grant.answeredAtMs = loop.nowMs()
            }
            if (broken) reject(broken)
            else send()
          })
        }
        const process = () => {
          try {
            if (error) {
              grant.decision = 'error'
              throw error
            }
            const session = answerTo(grant)
            reply(() => resolve('garbage' in fault ? (fault.garbage as Session) : session))
          } catch (refusal) {
            grant.error = refusal
            reply(() => reject(refusal))
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
