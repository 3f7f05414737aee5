import { BroadcastChannel as Channel, createLeaderElection } from 'broadcast-channel'

interface NativeState {
  readonly channel: BroadcastChannel
}

/**
 * The browser's BroadcastChannel for broadcast-channel, without a clock: by its own one the library drops the
 * messages of every page whose clock was behind the receiver's, as it is after a correction.
 */
const clockless = {
  type: 'native' as const,
  microSeconds: () => 0,
  canBeUsed: () => true,
  averageResponseTime: () => 150,
  create: (name: string): NativeState => ({ channel: new BroadcastChannel(name) }),
  close: ({ channel }: NativeState) => channel.close(),
  onMessage({ channel }: NativeState, callback: ((data: unknown) => void) | null) {
    channel.onmessage = callback && ((event) => callback(event.data))
  },
  async postMessage({ channel }: NativeState, data: unknown) {
    try {
      channel.postMessage(data)
    } catch {
      // The library posts once more after the channel was closed.
    }
  },
}

/** Null where the browser refuses channels, since this site's data is blocked. */
const open = (name: string): Channel | null => {
  try {
    return new Channel(name, { methods: [clockless] })
  } catch {
    return null
  }
}

/**
 * Leader election by messages. Two tabs may lead for a moment: both then schedule grants, and the record lets one
 * through. Applies again when another one leads too, and when the elector dies under a living page.
 */
export const joinMessageElection = (
  name: string,
  left: AbortSignal,
  onLeadership: (leads: boolean) => void,
): void => {
  const channel = open(name)
  // Nobody leads then, and each tab that needs a grant makes it itself.
  if (!channel) return
  const elector = createLeaderElection(channel)
  const retired = new AbortController()
  void elector.awaitLeadership().then(() => {
    if (!left.aborted && !elector.isDead) onLeadership(true)
  })
  const again = () => {
    if (left.aborted || retired.signal.aborted) return
    retired.abort()
    void channel.close()
    onLeadership(false)
    joinMessageElection(name, left, onLeadership)
  }
  // Under load two may have won. Both hear of it, the other one in the message that follows this call.
  elector.onduplicate = () => setTimeout(again)
  // `beforeunload` comes also before a download or a mailto: link, and the page stays.
  const revive = () => setTimeout(() => elector.isDead && again())
  addEventListener('beforeunload', revive, { signal: retired.signal })
  const leave = () => {
    retired.abort()
    void channel.close()
  }
  left.addEventListener('abort', leave, { signal: retired.signal })
}
