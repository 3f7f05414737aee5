/** A way to break the protocol: in `file`, every `find` becomes `put`. */
export interface Mutant {
  readonly breaks: string
  /** From core's sources. */
  readonly file: string
  /** Has to be there, exactly so, or this mutant tests nothing any more. */
  readonly find: string
  readonly put: string
}

export const mutants: readonly Mutant[] = [
  {
    breaks: 'commit an answer without comparing the intent',
    file: 'grant.ts',
    find: 'won = record.intent?.id === id',
    put: 'won = true',
  },
  {
    breaks: 'leave the intent out',
    file: 'record.ts',
    find: 'intent: { id, sendByMs, deadlineMs },',
    put: 'intent: null,',
  },
  {
    breaks: "overlook another grant's intent",
    file: 'record.ts',
    find: 'if (intent && intent.id !== request.orphan && intent.deadlineMs > nowMs) {',
    put: 'if (intent && nowMs < 0) {',
  },
  {
    breaks: 'overtake early',
    file: 'grant.ts',
    find: 'const deadlineMs = sendByMs + requestTimeoutMs + DEADLINE_SLACK_MS',
    put: 'const deadlineMs = sendByMs',
  },
  {
    breaks: 'never take over',
    file: 'record.ts',
    find: 'if (intent && intent.id !== request.orphan && intent.deadlineMs > nowMs) {',
    put: 'if (intent) {',
  },
  {
    breaks: 'send outside the lock',
    file: 'grant.ts',
    find: 'const ended: GrantEnd<S> | Intent | null = locks\n',
    put: 'const ended: GrantEnd<S> | Intent | null = locks && !id\n',
  },
  {
    breaks: 'send although the page was frozen since the claim',
    file: 'grant.ts',
    find: 'if (sentAtMs > sendByMs || signal.aborted) {',
    put: 'if (signal.aborted) {',
  },
  {
    breaks: 'claim although there are newer tokens',
    file: 'record.ts',
    find: "if (session.rotation > request.rotation) return { kind: 'settled', record }",
    put: '',
  },
  {
    breaks: 'ignore the shared budget',
    file: 'record.ts',
    find: "if (failure && nowMs < earliestAttemptMs(failure, request.eager, nowMs)) return { kind: 'settled', record }",
    put: '',
  },
  {
    breaks: 'ignore Retry-After',
    file: 'schedule.ts',
    find: 'isWait ? nowMs + Math.min(retryAfterMs, RETRY_AFTER_CAP_MS) : 0',
    put: '0',
  },
  {
    breaks: 'end the session on any error',
    file: 'grant.ts',
    find: 'const final = error instanceof GrantRefused',
    put: 'const final = true',
  },
  {
    breaks: 'forget a sign-out while an answer is in flight',
    file: 'record.ts',
    find: 'next(record, { session: null, endReason, intent: null, failure: null })',
    put: 'next(record, { session: null, endReason, failure: null })',
  },
  {
    breaks: 'forget a sign-in while an answer is in flight',
    file: 'record.ts',
    find: "return next(record, { session, endReason: 'no-session', intent: null, failure: null })",
    put: "return next(record, { session, endReason: 'no-session', intent: record.intent?.id === 'x' ? null : record.intent, failure: null })",
  },
  {
    breaks: 'write without making a new generation',
    file: 'record.ts',
    find: '({ ...record, ...changes, generation: record.generation + 1 })',
    put: '({ ...record, ...changes })',
  },
  {
    breaks: 'trust any message',
    file: 'machine.ts',
    find: 'if (plain || !follows) return [state, [READ_RECORD]]',
    put: '',
  },
  {
    breaks: 'never check what a message said',
    file: 'machine.ts',
    find: "return [next, [...told, { type: 'check-record' }]]",
    put: 'return [next, told]',
  },
  {
    breaks: 'adopt an older generation',
    file: 'machine.ts',
    find: 'const ahead = generation - known.generation',
    put: 'const ahead = Math.abs(generation - known.generation)',
  },
  {
    breaks: 'tell nobody',
    file: 'moves.ts',
    find: "isLive(state) ? [post({ type: 'session', ...state.view })] : []",
    put: '[]',
  },
  {
    breaks: 'do not look at the record on waking',
    file: 'machine.ts',
    find: 'return [after, [READ_RECORD, ...effects]]\n}',
    put: 'return [after, effects]\n}',
  },
  {
    breaks: 'do not look at the record on becoming the leader',
    file: 'machine.ts',
    find: 'leads && isLive(after) ? [told, READ_RECORD, ...effects] : [told, ...effects]',
    put: '[told, ...effects]',
  },
  {
    breaks: 'give a token that is not valid for long enough',
    file: 'coordinator.ts',
    find: 'return leftMs > 0 && leftMs >= (minValidityMs ?? defaultValidityMs(session))',
    put: 'return leftMs > 0 || minValidityMs === defaultValidityMs(session)',
  },
  {
    breaks: 'keep a timer after close()',
    file: 'machine.ts',
    find: "return [{ kind: 'closed', tab: { ...state.tab, leads: false }, wakeAtMs: null }",
    put: "return [{ kind: 'closed', tab: { ...state.tab, leads: false }, wakeAtMs: state.wakeAtMs }",
  },
  {
    breaks: 'stay in the election after close()',
    file: 'coordinator.ts',
    find: '        leaveElection()\n',
    put: '',
  },
  {
    breaks: 'post the refresh token',
    file: 'record.ts',
    find: 'session: session && presented(session, plain)',
    put: 'session: session && presented(session, !plain)',
  },
  {
    breaks: "write over a newer build's record",
    file: 'session-store.ts',
    find: "if (record === 'newer-build') {",
    put: "if (record === 'newer-build' && seen.generation < 0) {",
  },
  {
    breaks: 'make no grants in a leader that is hidden',
    file: 'state.ts',
    find: 'if (leads || visible) {',
    put: 'if (visible) {',
  },
]
