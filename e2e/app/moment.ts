/** Lets tests have all tabs do something at the same moment: they wait for a message that reaches all at once. */
export const moment = () => {
  let count = 0
  return {
    moment: () =>
      new Promise<void>((resolve) => {
        // Opened for the wait alone: a channel that stays open is what some tests count.
        const channel = new BroadcastChannel('e2e-moment')
        count += 1
        channel.onmessage = () => {
          count -= 1
          channel.close()
          resolve()
        }
      }),
    waiting: () => count,
  }
}
