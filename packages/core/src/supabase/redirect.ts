import { readAddress, replaceAddress } from '../adapters/address-bar.ts'
import { isHandle, type Seals } from './seals.ts'

/** As the option of `createClient`. */
export type Detect = boolean | ((url: URL, params: { [parameter: string]: string }) => boolean)

/** Changes the refresh token that an implicit grant's redirect has left in the address (RFC 6749 section 4.2.2). */
const changeRedirect = (
  change: (refreshToken: string) => string | undefined,
  detect: Detect = true,
): void => {
  const url = readAddress()
  const fragment = new URLSearchParams(url?.hash.slice(1))
  const refreshToken = fragment.get('refresh_token')
  if (!url || !refreshToken || !fragment.has('access_token')) return
  // Tokens of another provider are none of ours; the app says which those are.
  const params = Object.fromEntries([...fragment, ...url.searchParams])
  const changed = (typeof detect === 'function' ? detect(url, params) : detect) && change(refreshToken)
  if (!changed) return
  fragment.set('refresh_token', changed)
  url.hash = fragment.toString()
  replaceAddress(url)
}

/** Seals the refresh token in the address, before auth-js reads it there. */
export const sealRedirect = (seals: Seals, detectSessionInUrl: Detect | undefined): void =>
  changeRedirect((token) => (isHandle(token) ? undefined : seals.seal(token)), detectSessionInUrl)

/** Puts back what auth-js has left in the address, for the next load: it could not ask for the user. */
export const unsealRedirect = (seals: Seals): void => changeRedirect(seals.peek)
