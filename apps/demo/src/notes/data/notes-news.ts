/** One for sending and hearing: a channel does not hear itself. */
const channel = new BroadcastChannel('solotab-notes-changed')

/** Tells the other tabs that the notes of this user have changed. */
export function tellOtherTabs(userId: string): void {
  channel.postMessage(userId)
}

/** Calls `listener` with the id of the user whose notes another tab has changed; returns a function that ends this. */
export function onOtherTabs(listener: (userId: string) => void): () => void {
  const hear = ({ data }: MessageEvent) => {
    if (typeof data === 'string') listener(data)
  }
  channel.addEventListener('message', hear)
  return () => channel.removeEventListener('message', hear)
}
