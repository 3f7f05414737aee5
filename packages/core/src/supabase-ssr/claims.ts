/** What an access token says of itself; nothing here is checked, since the server does that. */
export interface Claims {
  readonly session_id?: unknown
  /** Seconds since the epoch, by the server's clock. */
  readonly iat?: unknown
  readonly exp?: unknown
}

/** The claims of a JWT (RFC 7519); none if it is something else. */
export const claimsOf = (accessToken: string): Claims => {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    return JSON.parse(atob(payload)) ?? {}
  } catch {
    return {}
  }
}

/** Is one of these access tokens of another sign-in than the other, or issued later? */
export const isNewer = (accessToken: string, than: string): boolean => {
  const [one, other] = [claimsOf(accessToken), claimsOf(than)]
  return one.session_id !== other.session_id || Number(one.iat) > Number(other.iat)
}
