import type { Transport } from '../ports.ts'

/**
 * Messages to all other tabs of this coordinator name, on the browser's own BroadcastChannel. The class of
 * broadcast-channel would drop the messages of every page whose clock was behind the receiver's, as it is after
 * a correction, and would bring three transports for browsers that no supported client runs in.
 */
export const openTransport = (name: string, onMessage: (raw: unknown) => void): Transport => {
  let channel: BroadcastChannel | undefined
  try {
    channel = new BroadcastChannel(name)
    channel.onmessage = (event) => onMessage(event.data)
  } catch {
    // Firefox refuses channels where this site's data is blocked: this tab is by itself.
  }
  return {
    post: (message) => channel?.postMessage(message),
    close: () => channel?.close(),
  }
}
