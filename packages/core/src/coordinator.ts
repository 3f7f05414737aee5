import type { CoordinatorInternals } from './coordinator-interface.ts'
import type { Diagnostic, DiagnosticBody } from './diagnostics.ts'
import { SessionError } from './errors.ts'
import type { Effect, Event, EventBody } from './events.ts'
import { type GrantTools, PAGE_LEFT, performGrant } from './grant.ts'
import { createListeners } from './listeners.ts'
import { transition } from './machine.ts'
import { parseMessage, toMessage } from './message.ts'
import { isEager } from './moves.ts'
import { obtain, sessionMissing } from './obtain.ts'
import { type CoordinatorOptions, checkOptions, checkValid } from './options.ts'
import type { Ports, Transport } from './ports.ts'
import { amend, emptyRecord, end, type SessionRecord, signInto, type View, viewOf } from './record.ts'
import { defaultValidityMs } from './schedule.ts'
import { dataOf, type HeldSession, lifetimeOf, remainingMs, type Session } from './session.ts'
import { createSessionStore, type Stored } from './session-store.ts'
import { snapshotOf } from './snapshot.ts'
import { initialState, isActive, isLive, isOff, type State, waitMs } from './state.ts'

/** By then a message has reached all tabs; read at once, the record would keep the last of them waiting. */
const CHECK_AFTER_MS = 200

/**
 * Wires the machine to the world. Everything that decides is in `machine.ts` and `record.ts`. One long closure: all of
 * it works on the one `state`, and each function that is taken out costs some of the size budget.
 */
export const createCoordinatorWith = <S extends Session>(
  ports: Ports,
  options: CoordinatorOptions<S>,
): CoordinatorInternals<S> => {
  const { name, refresh, revoke, plain, requestTimeoutMs } = checkOptions(options)
  const { clock, random, locks, page } = ports
  const tabId = random.id()
  const changes = createListeners<void>()
  const diagnostics = createListeners<Diagnostic>()
  const steps = createListeners<void>()
  const report = (body: DiagnosticBody) => diagnostics.tell({ atMs: clock.nowMs(), tab: tabId, ...body })
  const store = createSessionStore<S>(ports.store, (code) =>
    report(code === null ? { type: 'storage-restored' } : { type: 'storage-failed', code }),
  )
  const tools: GrantTools<S> = { name, clock, random, locks, store, refresh, requestTimeoutMs }

  let state: State<S> = initialState
  let snapshot = snapshotOf(state, null)
  const queue: EventBody<S>[] = []
  let dispatching = false

  const dispatch = (body: EventBody<S>): void => {
    queue.push(body)
    if (dispatching) return
    dispatching = true
    try {
      for (let event = queue.shift(); event; event = queue.shift()) step(event)
    } finally {
      dispatching = false
    }
    setAlarm()
    steps.tell()
    const next = snapshotOf(state, snapshot)
    if (next === snapshot) return
    snapshot = next
    changes.tell()
  }

  const step = (body: EventBody<S>): void => {
    const event: Event<S> = { ...body, nowMs: clock.nowMs(), random: random.fraction() }
    const [next, effects] = transition(state, event)
    state = next
    for (const effect of effects) carryOut(effect)
  }

  // One timer, for the time that the state names.
  let alarmAtMs: number | null = null
  let cancelAlarm = () => {}
  const setAlarm = (): void => {
    if (state.wakeAtMs === alarmAtMs) return
    cancelAlarm()
    alarmAtMs = state.wakeAtMs
    if (alarmAtMs === null) return
    cancelAlarm = clock.setTimer(waitMs(state, alarmAtMs, clock.nowMs()), () => {
      alarmAtMs = null
      dispatch({ type: 'woke' })
    })
  }

  let transport: Transport | undefined
  let leaveElection = () => {}
  let cancelCheck = () => {}
  let leavePage = () => {}
  const grants = new Map<AbortController, Promise<void>>()
  const cancelGrants = (reason: string): void => {
    for (const grant of grants.keys()) grant.abort(reason)
  }

  const carryOut = (effect: Effect<S>): void => {
    switch (effect.type) {
      case 'join':
        transport = ports.openTransport(receive)
        leaveElection = ports.joinElection((leads) => dispatch({ type: 'leadership-changed', leads }))
        return
      case 'leave':
        cancelCheck()
        leaveElection()
        transport?.close()
        transport = undefined
        cancelGrants(state.kind === 'suspended' ? PAGE_LEFT : 'closed')
        return
      case 'read-record':
        void readRecord()
        return
      case 'check-record':
        cancelCheck()
        cancelCheck = clock.setTimer(CHECK_AFTER_MS, () => void readRecord())
        return
      case 'post':
        transport?.post(toMessage(effect.body, tabId))
        return
      case 'start-grant': {
        const grant = new AbortController()
        grants.set(
          grant,
          runGrant(effect, grant.signal).finally(() => grants.delete(grant)),
        )
        return
      }
      case 'cancel-grant':
        cancelGrants('adopted')
        return
      case 'heed':
        // A record that cannot be written here stays as it is.
        void store.heed(effect.view).catch(() => {})
        return
      case 'report':
        report(effect.event)
    }
  }

  const receive = (raw: unknown): void => {
    const message = parseMessage<S>(raw)
    if (typeof message === 'string') report({ type: 'message-dropped', reason: message })
    else if (message.from !== tabId) {
      // What is stored for others is not for a page whose own access fails: the message is all that it gets.
      const heard = message.type === 'session' && store.isFailing() ? { ...message, durable: false } : message
      dispatch({ type: 'message-received', message: heard, plain })
    }
  }

  const view = ({ record, durable }: Stored<S>): View<S> => viewOf(record, durable, plain)

  const readRecord = async (): Promise<void> => {
    const since = isLive(state) ? state.view : null
    const stored = await store.read().catch((error: SessionError): Stored<S> | null => {
      report({ type: 'storage-failed', code: error.code })
      return since === null ? { record: emptyRecord(), durable: true } : null
    })
    // A newer build's record cannot be read here; what this tab holds stays as it is.
    if (!stored) return
    dispatch({ type: 'record-read', view: view(stored), since, claimed: stored.record.intent !== null })
  }

  const runGrant = async (
    { cause, view: known, serves }: Effect<S> & { type: 'start-grant' },
    signal: AbortSignal,
  ): Promise<void> => {
    const { generation } = known
    const startedMs = clock.nowMs()
    report({ type: 'grant-started', generation, cause })
    const onSent = (tookOver: boolean) => report({ type: 'grant-sent', generation, tookOver })
    const request = { known, serves, eager: isEager(cause), signal, onSent }
    const end = await performGrant(tools, request).catch(() => null)
    // Cancelled: whoever cancelled it has moved the state on.
    if (!end) return
    const { stored, outcome, code = null } = end
    report({ type: 'grant-ended', generation, outcome, durationMs: clock.nowMs() - startedMs, code })
    dispatch({ type: 'grant-ended', outcome, view: stored && view(stored), failure: end.failure })
  }

  /** Writes on top of the newest generation that this tab knows, which may be in another tab's memory. */
  const write = async (change: (record: SessionRecord<S>) => SessionRecord<S>): Promise<Stored<S>> => {
    assertStarted()
    const known = isLive(state) ? state.view.generation : 0
    const stored = await store.transact((record) => {
      const lifted = record.generation < known ? { ...record, generation: known } : record
      const changed = change(lifted)
      return changed === lifted ? record : changed
    })
    dispatch({ type: 'record-written', view: view(stored) })
    return stored
  }

  const assertStarted = (): void => {
    if (state.kind === 'idle') throw new SessionError('not_started')
    if (state.kind === 'closed') throw closedError()
  }

  /** Resolves with the first state that `found` accepts. */
  const until = async <T extends State<S>>(found: (state: State<S>) => state is T): Promise<T> => {
    assertStarted()
    return new Promise((resolve, reject) => {
      const look = () => {
        if (state.kind !== 'closed' && !found(state)) return
        stop()
        if (state.kind === 'closed') reject(closedError())
        else resolve(state as T)
      }
      const stop = steps.add(look)
      look()
    })
  }

  const getSession = async ({ minValidityMs }: { minValidityMs?: number } = {}): Promise<S> => {
    checkValid({
      minValidityMs: minValidityMs === undefined || (Number.isFinite(minValidityMs) && minValidityMs >= 0),
    })
    return obtain(until, dispatch, 'demand', (session) => {
      const leftMs = remainingMs(session, clock.nowMs())
      return leftMs > 0 && leftMs >= (minValidityMs ?? defaultValidityMs(session))
    })
  }

  /** Ends the session if its handle is the right one. Resolves with its tokens, if it ended here. */
  const endSession = async (isRight: (handle: string) => boolean): Promise<S | undefined> => {
    const known = isActive(state) ? state.view : undefined
    const held = known?.session
    let ended: S | undefined
    await write((record) => {
      const { session, generation } = record
      // Without a record of its own, this tab goes by what another tab has told it. A newer record has ended already.
      const right = session
        ? isRight(session.handle)
        : generation === known?.generation && held && isRight(held.handle)
      ended = right ? (session ?? held)?.tokens : undefined
      return right ? end(record, 'signed-out') : record
    })
    return ended
  }

  const coordinator: CoordinatorInternals<S> = {
    name,
    tabId,
    start() {
      if (!isOff(state)) return
      if (page.names.has(name)) {
        throw new SessionError('name_in_use')
      }
      page.names.add(name)
      leavePage = page.subscribe((fact) => {
        // A timer may not have run while the machine slept.
        alarmAtMs = -1
        dispatch({ type: 'page-changed', fact })
      })
      dispatch({ type: 'started', visible: page.isVisible() })
    },
    async close() {
      if (!isOff(state)) {
        page.names.delete(name)
        leavePage()
        dispatch({ type: 'closed' })
      }
      await Promise.allSettled(grants.values())
    },
    getSnapshot: () => snapshot,
    subscribe: (listener) => changes.add(listener),
    onDiagnostic: (listener) => diagnostics.add(listener),
    async getAccessToken(options) {
      return (await getSession(options)).access_token
    },
    getSession,
    async refresh() {
      let from: number | undefined
      return obtain(until, dispatch, 'forced', ({ rotation }) => {
        from ??= rotation
        return rotation > from
      })
    },
    async signIn(session) {
      const stored = await coordinator.signInAs(coordinator.createHandle(), session)
      return view(stored).session?.tokens as S
    },
    async signInAs(handle, session, ifNone = false) {
      const nowMs = clock.nowMs()
      const lifetimeMs = lifetimeOf(session, nowMs)
      const tokens = dataOf(session)
      return write((record) =>
        ifNone && record.generation > 0 ? record : signInto(record, tokens, handle, nowMs, lifetimeMs),
      )
    },
    async signOut() {
      const ended = await endSession(() => true)
      try {
        if (ended) await revoke?.(ended)
      } catch {
        // It has ended here, whatever the server thinks.
      }
    },
    async signOutOf(handle) {
      await endSession((current) => current === handle)
    },
    async updateSession(changes) {
      const members = dataOf({ ...changes })
      await until(isLive)
      const known = coordinator.current()
      if (known) await write((record) => amend(record, known, members))
      const session = coordinator.current()
      if (session) return session.tokens
      throw sessionMissing()
    },
    createHandle: () => `solotab-${random.id()}`,
    async isCurrent(refreshToken) {
      await until(isLive)
      const matches = (session: HeldSession<S> | null | undefined) =>
        session?.handle === refreshToken || session?.tokens.refresh_token === refreshToken
      return matches(coordinator.current()) || matches((await store.read()).record.session)
    },
    current() {
      const known = state.kind === 'suspended' ? state.before : state
      return isActive(known) ? known.view.session : null
    },
    async loaded() {
      await until(isLive)
    },
  }
  return coordinator
}

const closedError = () => new SessionError('closed')
