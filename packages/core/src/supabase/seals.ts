import type { CoordinatorInternals } from '../coordinator-interface.ts'

/**
 * Tells whose refresh tokens auth-js handles. New ones are put away here on their way through it, under what
 * stands for them there, until auth-js saves the session and the record takes the token.
 */
export interface Seals {
  /** Puts a refresh token away and returns what the app sees in its place; `handle`: one that it knows already. */
  seal(refreshToken: string, handle?: string): string
  /** The refresh token that was put away for this; undefined if there is none. */
  peek(sealed: string): string | undefined
  /** Hands the refresh token out, once. */
  open(sealed: string): string | undefined
  /** Notes what auth-js in this page is shown for the refresh token of a sign-in. */
  show(refreshToken: string, handle: string): void
  /** Does this stand for the current session? An app that sees plain tokens may still have an older one. */
  isOwn(refreshToken: string): Promise<boolean>
}

/** Handles never leave the page: the server would not know them. */
export const isHandle = (refreshToken: string): boolean => refreshToken.startsWith('solotab-')

/** @param plain The app is to see the tokens themselves. */
export const createSeals = (coordinator: CoordinatorInternals, plain: boolean): Seals => {
  const tokens = new Map<string, string>()
  const shown = new Map<string, string>()
  const peek = (sealed: string) => tokens.get(sealed)
  return {
    seal(refreshToken, handle = coordinator.createHandle()) {
      const sealed = plain ? refreshToken : handle
      tokens.set(sealed, refreshToken)
      return sealed
    },
    peek,
    open(sealed) {
      const token = peek(sealed)
      tokens.delete(sealed)
      return token
    },
    show: (refreshToken, handle) => void shown.set(refreshToken, handle),
    async isOwn(refreshToken) {
      const signIn = shown.get(refreshToken) ?? ''
      return signIn === coordinator.current()?.handle || coordinator.isCurrent(refreshToken)
    },
  }
}
