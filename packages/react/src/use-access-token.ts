import { useSession } from './use-session.ts'

/** Returns the access token that this tab has now, or null if there is none; renders with each rotation. */
export const useAccessToken = (): string | null =>
  useSession((state) => (state.status === 'signed-in' ? state.session.access_token : null))
