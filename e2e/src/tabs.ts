import { createHash } from 'node:crypto'
import { expect } from '@playwright/test'
import type { Tab } from './tab.ts'

/** As `expect.poll`, but quicker to notice, and patient on a busy machine. */
export const poll = <T>(ask: () => T | Promise<T>) =>
  expect.poll(ask, { intervals: [20, 50, 100], timeout: 15 * 1000 })

interface Credentials {
  readonly email: string
  readonly password: string
}

/** Signs in with a password, through supabase-js. */
export async function signIn(tab: Tab, credentials: Credentials): Promise<void> {
  const code = await tab.evaluate(async (given) => {
    const { error } = await app.supabase.auth.signInWithPassword(given)
    return error && (error.code ?? error.message)
  }, credentials)
  expect(code).toBeNull()
}

/** Has all tabs do the same at the same moment. `action` runs in the pages: it knows `app` and nothing else. */
export async function together<T>(tabs: readonly Tab[], action: () => T | Promise<T>): Promise<T[]> {
  const results = Promise.all(tabs.map((tab) => tab.evaluate<T>(`app.moment().then(${action})`)))
  results.catch(() => {})
  const waiting = () => Promise.all(tabs.map((tab) => tab.evaluate(() => app.waiting())))
  await poll(waiting).toEqual(tabs.map(() => 1))
  await tabs[0]?.evaluate(() => new BroadcastChannel('e2e-moment').postMessage('now'))
  return results
}

/** What supabase-js says of the session, as an app asks it. */
export interface Seen {
  readonly signedIn: boolean
  /** Names the access token without being a part of it. */
  readonly token: string | null
  readonly email: string | null
}

export async function seenBy(tab: Tab): Promise<Seen> {
  const [token, email] = await tab.evaluate(async () => {
    const { session } = (await app.supabase.auth.getSession()).data
    return [session?.access_token ?? null, session?.user.email ?? null]
  })
  return { signedIn: token !== null, token: fingerprint(token ?? null), email: email ?? null }
}

export const seenByAll = (tabs: readonly Tab[]): Promise<Seen[]> => Promise.all(tabs.map(seenBy))

/** The status, reason, generation, role and failing of a tab's snapshot; the access token by its fingerprint. */
export async function snapshotOf(tab: Tab) {
  const { token, ...rest } = await tab.evaluate(() => {
    const snapshot = app.coordinator?.getSnapshot()
    if (!snapshot) throw new Error('This tab runs stock supabase-js.')
    return {
      status: snapshot.status,
      role: snapshot.role,
      generation: snapshot.generation,
      reason: snapshot.status === 'signed-out' ? snapshot.reason : null,
      failing: snapshot.status === 'signed-in' ? snapshot.refreshFailing : null,
      token: snapshot.status === 'signed-in' ? snapshot.session.access_token : null,
    }
  })
  return { ...rest, token: fingerprint(token) }
}

export const snapshotsOf = (tabs: readonly Tab[]) => Promise.all(tabs.map(snapshotOf))

/** Waits until all tabs show one generation, signed in, with one access token, and returns that. */
export async function settled(tabs: readonly Tab[], atLeast = 0) {
  await poll(async () => {
    const shots = await snapshotsOf(tabs)
    const shown = shots.map(({ status, generation, token }) => `${status} ${generation} ${token}`)
    return new Set(shown).size === 1 &&
      shots.every((shot) => shot.status === 'signed-in' && shot.generation >= atLeast)
      ? 'in step'
      : shown
  }).toBe('in step')
  const [tab] = tabs
  if (!tab) throw new Error('No tabs.')
  return snapshotOf(tab)
}

/** Waits until one tab leads, and returns it and the others. */
export async function leaderOf<T extends Tab>(tabs: readonly T[]): Promise<{ leader: T; followers: T[] }> {
  const roles = () => snapshotsOf(tabs).then((shots) => shots.map(({ role }) => role))
  await poll(async () => (await roles()).filter((role) => role === 'leader')).toHaveLength(1)
  const index = (await roles()).indexOf('leader')
  const leader = tabs[index]
  if (!leader) throw new Error('Nobody leads.')
  return { leader, followers: tabs.filter((tab) => tab !== leader) }
}

/** The events of `onAuthStateChange` that a tab has heard so far. */
export const eventsOf = (tab: Tab) => tab.evaluate(() => app.events)

/** How often a tab has heard an event. */
export async function heard(tab: Tab, event: string): Promise<number> {
  return (await eventsOf(tab)).filter((each) => each.event === event).length
}

/** Tells access tokens apart where their text must not be shown. */
export function fingerprint(token: string | null): string | null {
  return token === null ? null : createHash('sha256').update(token).digest('hex').slice(0, 8)
}

/** As on a slow machine: asks for a rotation, whose transaction then stays open, and resolves while it is. */
export async function stayInTransaction(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (value, key) {
      IDBObjectStore.prototype.put = put
      const read = () => {
        this.get('nothing').onsuccess = read
      }
      read()
      document.title = 'in a transaction'
      return put.call(this, value, key)
    }
    app.coordinator?.refresh().catch(() => {})
  })
  await poll(() => tab.evaluate(() => document.title)).toBe('in a transaction')
}
