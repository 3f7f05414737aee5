import { readAddress, replaceAddress } from '../adapters/address-bar.ts'
import type { Seals } from './seals.ts'

type Detect = boolean | ((url: URL, params: { [parameter: string]: string }) => boolean)

/**
 * Seals the refresh token that an implicit grant's redirect has left in the address (RFC 6749 section 4.2.2),
 * before auth-js reads it there.
 */
export const sealRedirect = (seals: Seals, detectSessionInUrl: Detect = true): void => {
  const url = readAddress()
  if (!url || detectSessionInUrl === false) return
  const fragment = new URLSearchParams(url.hash.slice(1))
  const refreshToken = fragment.get('refresh_token')
  if (!refreshToken || !fragment.has('access_token')) return
  // Tokens of another provider are none of ours; the app says which those are.
  const isOurs = typeof detectSessionInUrl !== 'function' || detectSessionInUrl(url, paramsOf(url, fragment))
  if (!isOurs) return
  fragment.set('refresh_token', seals.seal(refreshToken))
  url.hash = fragment.toString()
  replaceAddress(url)
}

const paramsOf = (url: URL, fragment: URLSearchParams): { [parameter: string]: string } =>
  Object.fromEntries([...fragment, ...url.searchParams])
