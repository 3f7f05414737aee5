import type { EventBody, Step } from '../events.ts'
import { transition } from '../machine.ts'
import type { State } from '../state.ts'
import { NOW_MS } from './states.ts'

/** What one event does to a state, now. */
export const stepOf = (state: State, event: EventBody, random = 0): Step =>
  transition(state, { ...event, nowMs: NOW_MS, random })

/** The names of a step's effects, in their order; of posts, what is posted. */
export const namesIn = ([, effects]: Step): string[] =>
  effects
    .filter((effect) => effect.type !== 'report')
    .map((effect) => (effect.type === 'post' ? effect.body.type : effect.type))
