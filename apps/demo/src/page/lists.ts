import type { HeardEvent, Step } from '../state.ts'
import { make, place, timeOfDay } from './dom.ts'

let shownEvents: readonly HeardEvent[] | null = null
let shownSteps: readonly Step[] | null = null

export function renderEvents(events: readonly HeardEvent[]): void {
  if (events === shownEvents) return
  shownEvents = events
  const items = events.map(({ atMs, source, text }) => {
    const item = make('li', '')
    item.append(
      make('time', timeOfDay(atMs), 'figures soft'),
      ' ',
      make(source === 'auth' ? 'strong' : 'span', text),
    )
    return item
  })
  place('events').replaceChildren(...items)
  place('events-empty').hidden = events.length > 0
}

export function renderSteps(steps: readonly Step[]): void {
  if (steps === shownSteps) return
  shownSteps = steps
  // What stands there already stays, or a screen reader would read all of it again.
  const list = place('steps')
  steps.forEach(({ tone, text }, index) => {
    const item = list.children[index]
    if (item?.textContent === text) return
    if (item) item.replaceWith(make('li', text, 'step filled', tone))
    else list.append(make('li', text, 'step filled', tone))
  })
  while (list.children.length > steps.length) list.lastElementChild?.remove()
}
