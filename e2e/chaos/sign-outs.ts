import type { Evidence } from './evidence.ts'
import { reusesOf } from './reuses.ts'

/** A page that said that its user is signed out, though nobody had signed out. */
export interface SignOut {
  readonly load: string
  readonly atMs: number
  readonly session: string
  readonly reason: string
}

/** Sign-outs by what they are owed to. */
export interface SignOuts {
  readonly false: readonly SignOut[]
  /** Sessions that the server ended over a reuse after a lost answer: no client can keep these. */
  readonly ended: readonly { readonly session: string; readonly atMs: number }[]
}

/** How long pages may take to hear of a sign-in of the harness. */
const HEAR_WITHIN_MS = 1000

/** Sorts out what the pages said of being signed out. */
export function signOutsOf(evidence: Evidence): SignOuts {
  const { journal } = evidence
  const explained = reusesOf(evidence).filter(({ outcome, cause }) => outcome === 'refused' && cause !== null)
  const endOf = (session: string) =>
    explained.find((reuse) => reuse.session === session)?.atMs ?? Number.POSITIVE_INFINITY
  const told = journal.of('signed-out').flatMap(({ load, atMs, session, reason }) => {
    // A page that found no session should have found the one of the latest sign-in.
    const current = journal.signIns.findLast(({ fromMs }) => fromMs + HEAR_WITHIN_MS <= atMs)?.session
    const meant = session ?? current
    return meant === undefined ? [] : [{ load, atMs, session: meant, reason }]
  })
  return {
    false: told.filter(({ session, atMs }) => atMs < endOf(session)),
    ended: explained.flatMap(({ session, atMs }) => (session === null ? [] : [{ session, atMs }])),
  }
}
