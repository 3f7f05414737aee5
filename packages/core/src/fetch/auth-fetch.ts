import { readAddress } from '../adapters/address-bar.ts'
import { browserFetch } from '../adapters/fetch.ts'
import type { Coordinator, CoordinatorInternals } from '../coordinator-interface.ts'
import { SessionError } from '../errors.ts'
import type { Session } from '../session.ts'

/**
 * As `fetch`, with the current access token (RFC 6750 section 2.1), refreshed first if need be. On a 401 it asks for
 * a rotation once and repeats the request once; the second answer is final. A request that brings an
 * `Authorization` of its own is sent as it is.
 * @throws {SessionError} `session_missing`: signed out. `refresh_failed`: the token has expired and cannot be
 *   refreshed now. `origin_not_allowed`: tokens are not for that origin. Nothing has been sent then.
 */
export type AuthFetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

export interface AuthFetchOptions {
  /** Where access tokens may be sent, beside the page's own origin: `['https://api.example.com']`. */
  readonly origins?: readonly string[]
}

/**
 * Makes a `fetch` that adds the access token, for queries outside of supabase-js.
 *
 * ```ts
 * const authFetch = createAuthFetch(coordinator, { origins: ['https://api.example.com'] })
 * const response = await authFetch('https://api.example.com/notes', { signal })
 * ```
 * Streams can be bodies: what is sent is kept for the repetition until the answer comes. A redirect to another
 * origin goes without the token, as browsers see to it (Fetch standard, HTTP-redirect fetch).
 */
export const createAuthFetch = <S extends Session>(
  coordinator: Pick<Coordinator<S>, 'getAccessToken' | 'getSnapshot' | 'refresh'>,
  { origins = [] }: AuthFetchOptions = {},
): AuthFetch => {
  /** The token that was refused although it had come for a refusal's sake: yet another one would not help either. */
  let hopeless = ''

  /** Which sign-in the tokens are of. */
  const signIn = (): string | undefined =>
    (coordinator as Partial<CoordinatorInternals<S>>).current?.()?.handle

  /** Another request, or another tab, may have asked for new tokens already. */
  const newerThan = async (token: string): Promise<string> => {
    const snapshot = coordinator.getSnapshot()
    const known = snapshot.status === 'signed-in' ? snapshot.session.access_token : token
    return known === token ? (await coordinator.refresh()).access_token : known
  }

  return async (input, init) => {
    const request = new Request(input, init)
    const { headers, signal, url } = request
    if (headers.has('authorization')) return browserFetch(request)
    const { origin } = new URL(url)
    if (origin !== readAddress()?.origin && !origins.includes(origin)) {
      const message = `Access tokens are not for ${origin}; to change that, name it in the origins.`
      throw new SessionError('origin_not_allowed', message)
    }
    const send = (sent: Request, token: string): Promise<Response> => {
      sent.headers.set('authorization', `Bearer ${token}`)
      return browserFetch(sent)
    }

    const token = await unlessAborted(signal, coordinator.getAccessToken())
    const before = signIn()
    // Its twin has the body for the repetition: a stream can be read once.
    const response = await send(request.clone(), token)
    if (response.status !== 401 || hopeless === token) {
      void request.body?.cancel()
      return response
    }
    let newer: string
    try {
      newer = await unlessAborted(signal, newerThan(token))
    } catch {
      signal.throwIfAborted()
      return response
    }
    // What one user asked for is not done in another's name.
    if (signIn() !== before) return response
    void response.body?.cancel()
    const second = await send(request, newer)
    if (second.status === 401) hopeless = newer
    return second
  }
}

const unlessAborted = <T>(signal: AbortSignal, wanted: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.onabort = () => reject(signal.reason)
    if (signal.aborted) reject(signal.reason)
    wanted.then(resolve, reject)
  })
