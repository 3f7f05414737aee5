/**
 * Refresh tokens of new sessions on their way through auth-js, by what stands for them there, until auth-js
 * saves the session and the record takes the token.
 */
export interface Seals {
  /** Puts a refresh token away and returns what the app sees in its place; `handle`: one that it knows already. */
  seal(refreshToken: string, handle?: string): string
  /** The refresh token that was put away for this; undefined if there is none. */
  peek(sealed: string): string | undefined
  /** Hands the refresh token out, once. */
  open(sealed: string): string | undefined
  /** What auth-js in this page was shown for refresh tokens. */
  readonly shown: Set<string>
}

/** Handles never leave the page: the server would not know them. */
export const isHandle = (refreshToken: string): boolean => refreshToken.startsWith('solotab-')

/** @param plain The app is to see the tokens themselves. */
export const createSeals = (createHandle: () => string, plain: boolean): Seals => {
  const tokens = new Map<string, string>()
  const peek = (sealed: string) => tokens.get(sealed)
  return {
    seal(refreshToken, handle = createHandle()) {
      const sealed = plain ? refreshToken : handle
      tokens.set(sealed, refreshToken)
      return sealed
    },
    peek,
    shown: new Set(),
    open(sealed) {
      const token = peek(sealed)
      tokens.delete(sealed)
      return token
    },
  }
}
