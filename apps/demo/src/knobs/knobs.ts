import type { AuthServerOptions } from '@solotab/auth-server'

/** What can be set about both servers alike. */
export type Knobs = Pick<
  AuthServerOptions,
  'accessTokenSeconds' | 'reuseIntervalSeconds' | 'algorithm' | 'latencyMs'
>

/** As Supabase has them, with the latency of a usual network. */
export const DEFAULT_KNOBS: Knobs = {
  accessTokenSeconds: 60 * 60, // 1 hour
  reuseIntervalSeconds: 10,
  algorithm: 'v1',
  latencyMs: 120,
}
