import type { GrantEntry, GrantOutcome } from '@solotab/auth-server'
import type { Evidence } from './evidence.ts'
import type { Trouble } from './journal.ts'
import { troublesWith } from './troubles.ts'

/** A consumed refresh token that was presented to the server. */
export interface Reuse {
  readonly atMs: number
  readonly grant: string
  readonly session: string | null
  readonly outcome: string
  /** The lost answer that it follows; null: there is none, and it should not have been sent. */
  readonly cause: string | null
}

/** One sending of a refresh token, as the page and the server know it. */
interface Sending {
  readonly entry: GrantEntry
  readonly sentMs: number
  readonly presented: string
  /** When the page had stored the answer; infinite if it never did. */
  readonly storedMs: number
  /** When the page gave up or dropped the answer; infinite if it never did. */
  readonly gaveUpMs: number
  /** When the whole answer was in the page; infinite if it never came. */
  readonly answeredMs: number
}

const COMMITTED: readonly GrantOutcome[] = ['rotated', 'answered-again']
const GONE: readonly Trouble[] = ['closed', 'crashed', 'reloaded', 'away']

/** Every reuse that the server saw, with the lost answer that it follows. */
export function reusesOf(evidence: Evidence): readonly Reuse[] {
  const sendings = sendingsOf(evidence)
  return sendings.flatMap((sending, index) => {
    const { entry, presented } = sending
    if (!entry.reuse) return []
    // The one that consumed the token may have been sent later, and overtaken this one on its way.
    const causes = sendings
      .slice(0, index)
      .filter((other) => other.presented === presented && COMMITTED.includes(other.entry.outcome))
      .map((other) =>
        other.sentMs <= sending.sentMs
          ? causeOfLoss(evidence, other, sending)
          : causeOfLoss(evidence, sending, other),
      )
    const byOneGone = causes.length === 0 ? untoldBefore(evidence, sendings.slice(0, index), entry) : null
    if (byOneGone) causes.push(byOneGone)
    // Nobody had consumed this one: the server revoked it together with the session, over a reuse before.
    if (causes.length === 0 && sendings.slice(0, index).some((other) => isRevocation(other, entry))) return []
    const cause = causes.length > 0 && causes.every((each) => each !== null) ? causes.join('; ') : null
    const { atMs, tab, sessionId, outcome } = entry
    return [{ atMs, grant: tab ?? '', session: sessionId, outcome, cause }]
  })
}

/** Did this sending end the session that the later one is of? */
const isRevocation = ({ entry }: Sending, later: GrantEntry): boolean =>
  entry.reuse && entry.outcome === 'refused' && entry.sessionId === later.sessionId

/**
 * The last rotation of the session before this reuse, if its page was gone before it could tell what it presented: it
 * consumed the token that the tabs had.
 */
function untoldBefore({ journal }: Evidence, before: readonly Sending[], reuse: GrantEntry): string | null {
  const last = before.findLast(
    ({ entry }) => entry.sessionId === reuse.sessionId && COMMITTED.includes(entry.outcome),
  )
  if (!last || last.presented !== untold(last.entry.tab)) return null
  const name = last.entry.tab ?? ''
  const troubles = troublesWith(journal, loadOf(name), last.sentMs, reuse.atMs)
  const gone = GONE.find((trouble) => troubles.includes(trouble))
  return gone ? `the page that sent ${name} was ${gone} before it could tell` : null
}

const untold = (grant: string | null): string => `unknown to the harness: ${grant ?? ''}`
const loadOf = (grant: string): string => grant.slice(0, grant.lastIndexOf('.'))

function sendingsOf({ journal, grants, mode }: Evidence): readonly Sending[] {
  const sent = new Map(journal.of('grant-sent').map((fact) => [fact.grant, fact]))
  const answered = new Map(journal.of('grant-answered').map((fact) => [fact.grant, fact]))
  const ended = new Map(journal.of('grant-ended').map((fact) => [fact.grant, fact]))
  return grants.map((entry) => {
    const grant = entry.tab ?? ''
    const end = ended.get(grant)
    const isStored = mode === 'stock' ? answered.get(grant)?.status === 200 : end?.outcome === 'rotated'
    const endedMs = (mode === 'stock' ? answered.get(grant) : end)?.atMs ?? Number.POSITIVE_INFINITY
    return {
      entry,
      sentMs: sent.get(grant)?.atMs ?? entry.atMs,
      presented: sent.get(grant)?.presented ?? untold(grant),
      storedMs: isStored ? endedMs : Number.POSITIVE_INFINITY,
      answeredMs: answered.get(grant)?.atMs ?? Number.POSITIVE_INFINITY,
      gaveUpMs: isStored ? Number.POSITIVE_INFINITY : endedMs,
    }
  })
}

/** Why the answer to `first` was lost by the time when `second` was sent; null if it was not. */
function causeOfLoss(evidence: Evidence, first: Sending, second: Sending): string | null {
  const { entry, sentMs } = first
  const name = entry.tab ?? ''
  const byMs = second.sentMs
  if (first.storedMs <= byMs) return null
  const of = `of ${name}`
  if (entry.fault === 'drop-answer') return `the server cut the connection before the answer ${of}`
  if (entry.fault === 'hang-after-commit') return `the server never sent the answer ${of}`
  const troubles = troublesWith(evidence.journal, loadOf(name), sentMs, byMs)
  const gone = GONE.find((trouble) => troubles.includes(trouble))
  if (gone) return `the page that waited for the answer ${of} was ${gone}`
  if (troubles.includes('off line') && first.answeredMs > byMs)
    return `the page that waited for the answer ${of} went off line`
  const waitedMs = byMs - sentMs
  if (waitedMs < evidence.requestTimeoutMs) return null
  if (troubles.includes('frozen')) {
    return `the page that waited for the answer ${of} was frozen past the deadline`
  }
  return first.gaveUpMs <= byMs ? `the answer ${of} took longer than the time limit` : null
}
