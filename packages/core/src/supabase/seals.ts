/**
 * Refresh tokens of new sessions on their way through auth-js, by the handles that stand for them there, until
 * auth-js saves the session and the record takes the token.
 */
export interface Seals {
  /** Puts a refresh token away and returns what the app sees in its place; `handle`: one that it knows already. */
  seal(refreshToken: string, handle?: string): string
  /** Hands the refresh token out, once. */
  open(sealed: string): string | null
}

/** Handles never leave the page: the server would not know them. */
export const isHandle = (refreshToken: string): boolean => refreshToken.startsWith('solotab-')

/** @param createHandle Makes a handle, or returns the token itself where the app is to see it. */
export const createSeals = (createHandle: (refreshToken: string) => string): Seals => {
  const tokens = new Map<string, string>()
  return {
    seal(refreshToken, handle = createHandle(refreshToken)) {
      tokens.set(handle, refreshToken)
      return handle
    },
    open(sealed) {
      const token = tokens.get(sealed) ?? null
      tokens.delete(sealed)
      return token
    },
  }
}
