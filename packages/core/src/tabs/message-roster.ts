import type { Transport } from '../ports.ts'
import type { OpenRoster } from './roster.ts'
import type { Presence } from './tab.ts'
import { parseTabMessage, type TabMessageBody } from './tab-message.ts'

/** How long after the question a tab that has not answered counts as gone. */
const ANSWER_WAIT_MS = 1000

/**
 * Without Web Locks: tabs say when they come, change and leave, and answer when they are asked who is here. A tab that
 * crashed says nothing. It goes from the list after the next question: when somebody begins to watch, or comes back.
 */
export const openMessageRoster: OpenRoster = ({ clock, openTransport }, { tabId }, onOthers) => {
  let transport: Transport | null = null
  let now: Presence | null = null
  let cancelCount = () => {}
  const others = new Map<string, Presence>()
  let unheard = new Set<string>()

  const post = (body: TabMessageBody) => transport?.post({ v: 1, from: tabId, ...body })
  const tell = () => onOthers([...others.values()])

  const sayHow = () => {
    if (now) post({ type: 'here', role: now.role, visible: now.visible })
  }

  const look = (): void => {
    if (!transport) return
    unheard = new Set(others.keys())
    post({ type: 'who' })
    cancelCount()
    cancelCount = clock.setTimer(ANSWER_WAIT_MS, () => {
      for (const id of unheard) others.delete(id)
      tell()
    })
  }

  const receive = (raw: unknown): void => {
    const message = parseTabMessage(raw)
    if (!message || message.from === tabId) return
    const { from } = message
    if (message.type === 'who') sayHow()
    if (message.type === 'gone') others.delete(from)
    if (message.type === 'here') {
      unheard.delete(from)
      others.set(from, { id: from, role: message.role, visible: message.visible })
    }
    if (message.type === 'gone' || message.type === 'here') tell()
  }

  return {
    enter(self) {
      const isNew = !now
      now = self
      transport ??= openTransport(receive)
      sayHow()
      if (isNew) look()
    },
    leave() {
      post({ type: 'gone' })
      now = null
      cancelCount()
      others.clear()
      transport?.close()
      transport = null
    },
    watch() {
      look()
      return () => {}
    },
    look,
  }
}
