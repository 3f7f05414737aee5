type Claims = Readonly<Record<string, unknown>>

/** The claims of a JWT (RFC 7519 section 3); none of an opaque token, whose subject only the server knows. */
const claimsOf = (accessToken: string): Claims => {
  try {
    const [, payload = ''] = accessToken.split('.')
    return Object(JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch {
    return {}
  }
}

/**
 * Do these two access tokens name different subjects (`sub`, RFC 9068 section 2.2) or sessions (`session_id`, Supabase
 * Auth)? A refresh token grant can change neither (RFC 6749 section 6).
 */
export const isOfAnother = (before: string, after: string): boolean => {
  const [one, other] = [claimsOf(before), claimsOf(after)]
  const differ = (claim: string) => claim in one && claim in other && one[claim] !== other[claim]
  return differ('sub') || differ('session_id')
}
