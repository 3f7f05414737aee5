import { GrantUnavailable } from '../../errors.ts'
import type { Fault } from '../model-server.ts'

/** What can go wrong with a grant, one request at a time; `random` is in [0, 1). */
const TROUBLES: readonly ((random: () => number) => Fault)[] = [
  // Slow, but inside the time that a request is given.
  (random) => ({ beforeMs: random() * 8000, afterMs: random() * 3000 }),
  // So slow that the request is given up, before or after the server has done its work.
  (random) => ({ beforeMs: random() * 30_000 }),
  (random) => ({ afterMs: 10_000 + random() * 10_000 }),
  // No answer, with or without the work done.
  () => ({ lost: true }),
  () => ({ lost: true, error: new TypeError('Failed to fetch') }),
  // The connection breaks, with or without the work done.
  () => ({ broken: new TypeError('Failed to fetch') }),
  () => ({ error: new TypeError('Failed to fetch') }),
  () => ({ error: new GrantUnavailable('conflict') }),
  () => ({ error: new GrantUnavailable('over_request_rate_limit') }),
  (random) => ({ error: new GrantUnavailable('over_request_rate_limit', random() * 30_000) }),
  () => ({ error: new GrantUnavailable('http_503'), afterMs: 5000 }),
  () => ({ error: new GrantUnavailable('unexpected_failure') }),
  (random) => ({ garbage: GARBAGE[Math.floor(random() * GARBAGE.length)] }),
]

const GARBAGE: readonly unknown[] = [
  null,
  'Bad Gateway',
  {},
  { access_token: '', refresh_token: '' },
  { access_token: 'access' },
  { access_token: 'access', refresh_token: 'other', expires_in: 'soon' },
  { access_token: 1, refresh_token: 2, expires_in: 3 },
]

export const NOTHING_WRONG = (): Fault => ({})

/** What goes wrong from now on: one thing always, or anything now and then. */
export const troubleOf = (amount: number, random: () => number): (() => Fault) => {
  const always = TROUBLES[amount % (TROUBLES.length + 2)]
  if (always) return () => always(random)
  return () => (random() < 0.5 ? (TROUBLES[Math.floor(random() * TROUBLES.length)]?.(random) ?? {}) : {})
}
