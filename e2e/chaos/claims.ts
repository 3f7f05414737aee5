/** The claims of an access token that the harness goes by; null for what is no JWT, such as the project's key. */
export function claimsOf(accessToken: string): { exp: number; session_id: string } | null {
  const [, payload] = accessToken.split('.')
  if (!payload) return null
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
}
