import type { FromLab, FromPane } from './messages.ts'

/** The lab's own line to its panes. Frozen pages hear it, too, in real browsers as well as here. */
export interface Line<Outgoing, Incoming> {
  post(message: Outgoing): void
  listen(listener: (message: Incoming) => void): void
}

// Another number for another set of messages.
const TO_PANES = 'solotab-lab-1:panes'
const TO_LAB = 'solotab-lab-1:lab'

/** The lab's end. */
export function openLabLine(): Line<FromLab, FromPane> {
  const toPanes = new BroadcastChannel(TO_PANES)
  const fromTabs = new BroadcastChannel(TO_LAB)
  return {
    post: (message) => toPanes.postMessage(message),
    listen(listener) {
      fromTabs.addEventListener('message', ({ data }) => listener(data))
      addEventListener('message', ({ data, source, origin }) => {
        if (origin === location.origin && source !== window) listener(data)
      })
    },
  }
}

/** A pane's end. A frame writes to the page around it: on a channel all the others would hear it, too. */
export function openPaneLine(isRealTab: boolean): Line<FromPane, FromLab> {
  const fromLab = new BroadcastChannel(TO_PANES)
  const toLab = isRealTab ? new BroadcastChannel(TO_LAB) : null
  return {
    post: (message) => (toLab ? toLab.postMessage(message) : parent.postMessage(message, location.origin)),
    listen: (listener) => fromLab.addEventListener('message', ({ data }) => listener(data)),
  }
}
