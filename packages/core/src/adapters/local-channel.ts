/** Posts once to everybody else who listens on `name`, in this page too. */
export const postOnce = (name: string, message: unknown): void => {
  const channel = new BroadcastChannel(name)
  channel.postMessage(message)
  channel.close()
}
