import { type BroadcastChannel as Channel, createLeaderElection } from 'broadcast-channel'

type Listener = (message: unknown) => void

/**
 * The part of a broadcast-channel that its leader election uses, on the browser's own BroadcastChannel: without
 * the class, a bundle has the election alone. The package's version is pinned, and the contract of the election
 * port is tested with it in a real browser.
 */
const openElectionChannel = (name: string) => {
  const channel = new BroadcastChannel(name)
  const listeners = new Set<Listener>()
  channel.onmessage = (event) => {
    for (const listener of [...listeners]) listener(event.data)
  }
  return {
    name,
    method: { type: 'native', averageResponseTime: () => 150 },
    _befC: [],
    postInternal: async (message: unknown) => channel.postMessage(message),
    addEventListener: (_type: 'internal', listener: Listener) => void listeners.add(listener),
    removeEventListener: (_type: 'internal', listener: Listener) => void listeners.delete(listener),
    close: () => channel.close(),
  }
}

/** Applies for leadership, and again whenever the elector dies under a living page. */
export const joinElection = (name: string, onLeadership: (leads: boolean) => void): (() => void) => {
  let leave = () => {}

  const apply = () => {
    const channel = openElectionChannel(name)
    const elector = createLeaderElection(channel as unknown as Channel)
    let applied = true
    elector.awaitLeadership().then(
      () => {
        if (applied && !elector.isDead) onLeadership(true)
      },
      // The lock was refused: then nobody leads, and each tab asks for itself.
      () => {},
    )
    // Without Web Locks two tabs may lead for a while. Both schedule, and the record lets one through.
    const revive = () =>
      // `beforeunload` comes also before a download or a mailto: link, and the page stays.
      setTimeout(() => {
        if (!applied || !elector.isDead) return
        leave()
        onLeadership(false)
        apply()
      })
    addEventListener('beforeunload', revive)
    leave = () => {
      applied = false
      removeEventListener('beforeunload', revive)
      // The farewell to the others is sent before the channel closes.
      void elector.die().then(channel.close)
    }
  }

  apply()
  return () => leave()
}
