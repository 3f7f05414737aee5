import type { Line } from '../protocol/channel.ts'
import type { FromLab, FromPane, PaneNote, PaneReport } from '../protocol/messages.ts'
import type { Side } from '../protocol/side.ts'
import { describeGrant, type Grant, grantSeen } from '../server/grant.ts'
import { type BenchState, EMPTY_BENCH, type Frame } from './bench-state.ts'
import { MarkLog } from './mark-log.ts'
import { Orders } from './orders.ts'
import { paneNumber } from './pane-names.ts'

/** One side of the lab: its frames, what its panes report, what its server tells. */
export class Bench {
  readonly side: Side
  readonly log = new MarkLog()
  readonly orders: Orders
  readonly #line: Line<FromLab, FromPane>
  readonly #listeners = new Set<() => void>()
  readonly #reports = new Map<string, PaneReport>()
  readonly #wereSignedIn = new Set<string>()
  #grants: Grant[] = []
  #frames: readonly Frame[] = []
  #state = EMPTY_BENCH

  constructor(side: Side, line: Line<FromLab, FromPane>) {
    this.side = side
    this.#line = line
    this.orders = new Orders(line)
    line.listen((message) => this.#hear(message))
  }

  /** The same object until something changes. */
  readonly getState = (): BenchState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  showFrames(frames: readonly Frame[]): void {
    for (const { pane, load } of this.#frames) {
      if (!frames.some((frame) => frame.load === load)) this.#forget(pane)
    }
    this.#frames = frames
    this.#changed()
  }

  /** Another run: what was counted is counted anew. */
  beginRun(): void {
    this.#grants = []
    this.#wereSignedIn.clear()
    for (const { pane, status } of this.#reports.values()) {
      if (status === 'signed-in') this.#wereSignedIn.add(pane)
    }
    this.log.begin()
    for (const { pane, role } of this.#reports.values()) {
      if (role === 'leader') this.log.add('leader', pane, 'leads')
    }
    this.#changed()
  }

  /** Asks panes that were there before the lab, such as real tabs, to report. */
  callTheRoll(): void {
    this.#line.post({ type: 'roll-call' })
  }

  /** The server tells of a grant, or again of one, whose answer was lost. */
  hearGrant(grant: Grant): void {
    const known = this.#grants.findIndex(({ id }) => id === grant.id)
    const before = this.#grants[known]
    if (before) {
      this.#grants = this.#grants.with(known, grant)
      this.log.rewrite(grant.pane, describeGrant(before), describeGrant(grant))
    } else {
      this.#grants = [...this.#grants, grant]
      this.log.add(grant.outcome, grant.pane, describeGrant(grant))
    }
    this.#changed()
  }

  /** Set where the server does not tell of its grants: what the panes see of them is all there is then. */
  countsWhatPanesSee = false

  #hear(message: FromPane): void {
    switch (message.type) {
      case 'done':
        this.orders.answered(message.id, message.pane, message.error)
        break
      case 'report':
        if (message.report.side === this.side) this.#hearReport(message.report)
        break
      case 'gone':
        if (this.#reports.get(message.pane)?.load === message.load) this.#forget(message.pane)
        break
      case 'note':
        if (message.side === this.side) this.#hearNote(message.pane, message.note)
    }
  }

  #hearNote(pane: string, { kind, text, httpStatus }: PaneNote): void {
    if (kind === 'answered') {
      if (this.countsWhatPanesSee)
        this.hearGrant(grantSeen(this.#grants.length + 1, pane, httpStatus ?? null))
      return
    }
    this.log.add(kind, pane, text)
  }

  #hearReport(report: PaneReport): void {
    const { pane, load, isRealTab, isFrozen } = report
    // A frame that was removed may have had something to say still.
    if (!isRealTab && !this.#frames.some((frame) => frame.load === load)) return
    const before = this.#reports.get(pane)
    if (before && before.isFrozen !== isFrozen) {
      this.log.add(isFrozen ? 'frozen' : 'thawed', pane, isFrozen ? 'frozen' : 'runs again')
    }
    if (report.status === 'signed-in') this.#wereSignedIn.add(pane)
    this.#reports.set(pane, report)
    this.#changed()
  }

  #forget(pane: string): void {
    this.#reports.delete(pane)
    this.orders.gone(pane)
    this.#changed()
  }

  #changed(): void {
    const panes = [...this.#reports.values()].sort(
      (a, b) => Number(a.isRealTab) - Number(b.isRealTab) || paneNumber(a.pane) - paneNumber(b.pane),
    )
    const isLost = ({ pane, status }: PaneReport) => status === 'signed-out' && this.#wereSignedIn.has(pane)
    this.#state = {
      frames: this.#frames,
      panes,
      grants: this.#grants,
      signedOut: panes.filter(isLost).length,
    }
    for (const listener of this.#listeners) listener()
  }
}
