import { type Coordinator, type Session, SessionError, type Snapshot } from '@solotab/core'

export interface UserSession extends Session {
  user: { id: string; name: string; roles: string[] }
}

/** The session of a rotation: every object in it is new. */
export const sessionOf = (generation: number, user = { id: 'ada', name: 'Ada' }): UserSession => ({
  access_token: `access ${generation}`,
  refresh_token: 'solotab-1',
  expires_in: 3600,
  user: { ...user, roles: ['reader'] },
})

export const signedIn = (generation: number, session = sessionOf(generation)): Snapshot<UserSession> => ({
  status: 'signed-in',
  role: 'follower',
  generation,
  session,
  refreshFailing: null,
})

type EndReason = Extract<Snapshot, { status: 'signed-out' }>['reason']

export const signedOut = (generation: number, reason: EndReason): Snapshot<UserSession> => ({
  status: 'signed-out',
  role: 'follower',
  generation,
  reason,
})

export interface FakeCoordinator extends Coordinator<UserSession> {
  /** What it has been told to do, in order. */
  readonly calls: string[]
  /** How many subscribe to it now. */
  listening(): number
  /** The stored session has been read, or something in it has changed. */
  show(snapshot: Snapshot<UserSession>): void
}

const loading = { status: 'loading', role: 'follower', generation: 0 } as const
const running = new Set<string>()

let made = 0

/** A coordinator without a browser, whose snapshots a test makes. */
export const fakeCoordinator = (name = `fake ${++made}`): FakeCoordinator => {
  const listeners = new Set<() => void>()
  const calls: string[] = []
  let snapshot: Snapshot<UserSession> = loading
  let runs = false
  const show = (next: Snapshot<UserSession>) => {
    snapshot = next
    for (const listener of [...listeners]) listener()
  }
  const notPlayed = async (): Promise<never> => {
    throw new Error('This fake does not play that.')
  }
  return {
    name,
    tabId: 'this tab',
    calls,
    show,
    listening: () => listeners.size,
    start() {
      if (runs) return
      if (running.has(name)) throw new SessionError('name_in_use', 'In use.')
      running.add(name)
      runs = true
      calls.push('start')
    },
    async close() {
      if (!runs) return
      running.delete(name)
      runs = false
      calls.push('close')
      show(loading)
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      const entry = () => listener()
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    onDiagnostic: () => () => {},
    async getAccessToken() {
      if (snapshot.status !== 'signed-in') throw new SessionError('session_missing', 'None.')
      return snapshot.session.access_token
    },
    async refresh() {
      calls.push('refresh')
      if (snapshot.status !== 'signed-in') throw new SessionError('session_missing', 'None.')
      const next = snapshot.generation + 1
      const session = sessionOf(next)
      show(signedIn(next, session))
      return session
    },
    async signOut() {
      calls.push('signOut')
      show(signedOut(snapshot.generation + 1, 'signed-out'))
    },
    signIn: notPlayed,
    updateSession: notPlayed,
  }
}
