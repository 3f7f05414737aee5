import type { PaneReport } from '../protocol/messages.ts'
import { reportOf } from '../protocol/testing.ts'
import type { Grant } from '../server/grant.ts'
import type { Outcome } from './verdict.ts'

/** An outcome with so many panes that are signed in, changed one by one. */
export function outcomeWith(
  panes: readonly Partial<PaneReport>[],
  grants: readonly Grant['outcome'][],
  rest: Partial<Outcome> = {},
): Outcome {
  return {
    panes: panes.map((changes, index) => reportOf({ pane: `stock-${index + 1}`, ...changes })),
    grants: grants.map((outcome, index) => ({
      id: index + 1,
      pane: 'stock-1',
      outcome,
      code: null,
      reuse: false,
      answerLost: false,
    })),
    signedInMeanwhile: null,
    withoutData: 0,
    ...rest,
  }
}

/** Panes that are signed in. */
export const signedIn = (count: number): Partial<PaneReport>[] => Array.from({ length: count }, () => ({}))
