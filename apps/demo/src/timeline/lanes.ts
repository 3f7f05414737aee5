import { scaleBand } from 'd3-scale'
import { paneName } from '../bench/pane-names.ts'
import type { Side } from '../protocol/side.ts'

/** Ticks, and below them what is of no pane, with two rows of words. */
export const AXIS_HEIGHT = 46
const LANE_HEIGHT = 18
const SMALL_LANE_HEIGHT = 8
const SMALL_FROM = 13 // lanes

/** Where each pane's lane is. */
export interface Lanes {
  readonly panes: readonly string[]
  readonly height: number
  readonly laneHeight: number
  /** The middle of a lane; the axis for what is of no pane, or of one that has no lane. */
  y(pane: string | null): number
}

/** A lane for each pane of a side: as many as are to be, and those that were opened beside them. */
export function layOut(side: Side, count: number, others: readonly string[]): Lanes {
  const numbered = Array.from({ length: count }, (_, index) => paneName(side, index + 1))
  const panes = [...new Set([...numbered, ...others])]
  const laneHeight = panes.length < SMALL_FROM ? LANE_HEIGHT : SMALL_LANE_HEIGHT
  const height = AXIS_HEIGHT + panes.length * laneHeight + 4
  const band = scaleBand([...panes], [AXIS_HEIGHT, AXIS_HEIGHT + panes.length * laneHeight])
  return {
    panes,
    height,
    laneHeight,
    y: (pane) => (band(pane ?? '') ?? AXIS_HEIGHT - 12 - laneHeight / 2) + laneHeight / 2,
  }
}
