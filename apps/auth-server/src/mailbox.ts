/** A letter that a real server would send. It stays in memory for the control API and the tests. */
export interface Mail {
  readonly to: string
  readonly type: 'magiclink' | 'recovery' | 'email_change'
  readonly subject: string
  /** Opens `GET /auth/v1/verify`. */
  readonly link: string
  /** The six digits to type instead of opening the link. */
  readonly otp: string
  /** What the link carries, for `verifyOtp({ token_hash })`. */
  readonly tokenHash: string
  readonly sentAtMs: number
}

/** All letters since the start or the last reset. */
export class Mailbox {
  #mails: readonly Mail[] = []

  add(mail: Mail): void {
    this.#mails = [mail, ...this.#mails]
  }

  /** The newest first; for one address, or for all. */
  list(to?: string): readonly Mail[] {
    return this.#mails.filter((mail) => to === undefined || mail.to === to.toLowerCase())
  }

  clear(): void {
    this.#mails = []
  }
}
