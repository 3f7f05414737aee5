import type { TabCard, TabChannel } from './channel.ts'
import { freeNumbers, mustYield, withCard } from './roll.ts'

export type PresentTab = TabCard

export interface Presence {
  /** Tells the other tabs how this one is. */
  update(changes: Partial<Pick<TabCard, 'status' | 'reason'>>): void
}

export interface PresenceOptions {
  readonly channel: TabChannel
  readonly tab: number
  readonly status: TabCard['status']
  onTabs(tabs: readonly PresentTab[]): void
  /** Another tab has this number already. */
  onNumber(tab: number): void
}

const ANSWER_MS = 1500 // tabs that have not answered by then are gone

/** Keeps the list of the open tabs of this ring. */
export function joinRing({ channel, tab, status, onTabs, onNumber }: PresenceOptions): Presence {
  let me: TabCard = { id: crypto.randomUUID(), tab, bornMs: Date.now(), status, reason: null }
  let others: readonly TabCard[] = []
  let answered = new Set<string>()

  const announce = () => {
    channel.post({ type: 'here', ...me })
    onTabs(withCard(others, me))
  }

  const callTheRoll = () => {
    answered = new Set()
    channel.post({ type: 'who' })
    setTimeout(() => {
      others = others.filter(({ id }) => answered.has(id))
      onTabs(withCard(others, me))
    }, ANSWER_MS)
  }

  channel.listen((message) => {
    if (message.type === 'who') channel.post({ type: 'here', ...me })
    if (message.type === 'bye') others = others.filter(({ id }) => id !== message.id)
    if (message.type === 'here') {
      const { type, ...card } = message
      others = withCard(others, card)
      answered.add(card.id)
      if (mustYield(me, card)) {
        const [free = me.tab] = freeNumbers(
          others.map((other) => other.tab),
          1,
        )
        me = { ...me, tab: free }
        onNumber(free)
        announce()
        return
      }
    }
    if (message.type === 'bye' || message.type === 'here') onTabs(withCard(others, me))
  })

  addEventListener('pagehide', () => channel.post({ type: 'bye', id: me.id }))
  addEventListener('pageshow', (event) => event.persisted && announce())
  // A crashed tab says no farewell.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && callTheRoll())
  announce()
  callTheRoll()

  return {
    update(changes) {
      me = { ...me, ...changes }
      announce()
    },
  }
}
