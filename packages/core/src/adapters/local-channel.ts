/**
 * Posts once to everybody else who listens on `name`, in this page too; in a task of its own, so that what all
 * tabs have to do at the same moment is done first.
 */
export const postSoon = (name: string, message: unknown): void => {
  setTimeout(() => {
    const channel = new BroadcastChannel(name)
    channel.postMessage(message)
    channel.close()
  })
}
