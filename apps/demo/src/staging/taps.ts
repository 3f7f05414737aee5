/** Something went out of the page, or came back. */
export interface Taps {
  /** A message on a BroadcastChannel; `type` names it. */
  onMessage(type: string): void
  /** A refresh token grant was answered; null: it was not. */
  onGrantAnswered(httpStatus: number | null): void
}

const isGrant = (input: unknown) =>
  String(input instanceof Request ? input.url : input).includes('grant_type=refresh_token')

/**
 * Tells of the messages and the grants of a page, whatever library sends them. Reads no token: of a message it takes
 * the member that names it, and of a request the address.
 */
export function tap(page: Window & typeof globalThis, taps: Taps): void {
  const { postMessage } = page.BroadcastChannel.prototype
  page.BroadcastChannel.prototype.postMessage = function post(message) {
    if (!this.name.startsWith('solotab-lab')) taps.onMessage(nameOf(message))
    postMessage.call(this, message)
  }
  const realFetch = page.fetch
  page.fetch = async (input, init) => {
    if (!isGrant(input)) return realFetch(input, init)
    try {
      const response = await realFetch(input, init)
      taps.onGrantAnswered(response.status)
      return response
    } catch (error) {
      taps.onGrantAnswered(null)
      throw error
    }
  }
}

function nameOf(message: unknown): string {
  const { type, event } = (message ?? {}) as { type?: unknown; event?: unknown }
  const name = type ?? event // Solotab's messages have a type, those of auth-js an event
  return typeof name === 'string' ? name : 'message'
}
