import type { BenchState, Frame } from '../bench/bench-state.ts'
import { LARGE_PANES, paneName } from '../bench/pane-names.ts'
import { addressOf, nameOf } from '../pane/place.ts'
import type { PaneReport } from '../protocol/messages.ts'
import { SIDE_NAMES, type Side } from '../protocol/side.ts'

interface Props {
  readonly side: Side
  readonly state: BenchState
  /** As many places as there are to be panes, so that nothing moves when they come. */
  readonly tabs: number
  readonly hasRun: boolean
}

/** The panes of a side: each a page of its own, in a frame. */
export function PaneGrid({ side, state, tabs, hasRun }: Props) {
  const names = Array.from({ length: tabs }, (_, index) => paneName(side, index + 1))
  const cell = (pane: string) => ({
    pane,
    frame: state.frames.find((each) => each.pane === pane) ?? null,
    report: state.panes.find((each) => each.pane === pane) ?? null,
  })
  const small = names.slice(LARGE_PANES).map(cell)
  return (
    <div className="panes">
      <ul
        className="pane-grid"
        style={{ '--columns': columnsFor(tabs) } as object}
        aria-label={`Tabs, ${SIDE_NAMES[side]}`}
      >
        {names
          .slice(0, LARGE_PANES)
          .map(cell)
          .map(({ pane, frame, report }) => (
            <li key={pane} className="pane-cell" data-frozen={report?.isFrozen || undefined}>
              {frame ? (
                <PaneFrame frame={frame} side={side} report={report} />
              ) : (
                hasRun && <Gone pane={pane} />
              )}
            </li>
          ))}
      </ul>
      {small.length > 0 && (
        <ul className="pane-grid-small" aria-label={`${small.length} more tabs`}>
          {small.map(({ pane, frame }) => (
            <li key={pane} className="pane-cell-small">
              {frame && <FrameOf frame={frame} side={side} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** So many that the last row is full, where that can be. */
function columnsFor(tabs: number): number {
  if (tabs <= 4) return 2
  return tabs <= 6 || tabs === 9 ? 3 : 4
}

function PaneFrame({ frame, side, report }: { frame: Frame; side: Side; report: PaneReport | null }) {
  const name = nameOf(frame.pane)
  return (
    <>
      <FrameOf frame={frame} side={side} />
      {report?.isFrozen && <span className="pane-frozen">frozen</span>}
      <a
        className="pane-open"
        href={addressOf(side, `${frame.pane}-real`)}
        target="_blank"
        rel="noopener"
        title="Open as a real tab"
      >
        <span aria-hidden="true">↗</span>
        <span className="unseen">
          Open {name}, {SIDE_NAMES[side]}, as a real tab
        </span>
      </a>
    </>
  )
}

function FrameOf({ frame, side }: { frame: Frame; side: Side }) {
  return (
    <iframe
      key={frame.load}
      className="pane-frame"
      data-pane={frame.pane}
      src={frame.src}
      title={`${nameOf(frame.pane)}, ${SIDE_NAMES[side]}`}
      tabIndex={-1} // nothing in it can be operated
    />
  )
}

function Gone({ pane }: { pane: string }) {
  return <p className="pane-gone">{nameOf(pane)} is closed</p>
}
