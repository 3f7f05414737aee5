/** Somebody who can sign in. */
export interface User {
  readonly email: string
  readonly password: string
}

const PASSWORD = 'one-session-many-tabs' // as the demo's own servers are started with

export const ADA: User = { email: 'ada@example.com', password: PASSWORD }
export const GRACE: User = { email: 'grace@example.com', password: PASSWORD }
