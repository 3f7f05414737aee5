import { scaleLinear } from 'd3-scale'
import type { Mark } from '../bench/mark.ts'
import type { MarkLog } from '../bench/mark-log.ts'
import { AXIS_HEIGHT, type Lanes } from './lanes.ts'
import { MarkLayer, type OnMark } from './mark-layer.ts'
import { type Span, spansOf } from './spans.ts'
import { setAttributes, svg } from './svg.ts'
import { windowOf } from './window.ts'

const LABEL_WIDTH = 34
const RIGHT = 8
const TICKS = 5 // about as many
const TICK_WIDTH = 36 // fewer where each has not that many pixels

/**
 * Draws one side's run into an SVG, outside of React: sixty times a second it moves one group, and lays out anew only
 * when the scale changes.
 */
export class TimelineView {
  readonly #root: SVGSVGElement
  readonly #log: MarkLog
  readonly #lanes: Lanes
  readonly #marks: MarkLayer
  readonly #moving = svg('g')
  readonly #spans = svg('g', { 'aria-hidden': 'true' })
  readonly #ticks = svg('g', { 'aria-hidden': 'true' })
  readonly #now = svg('line', { class: 'timeline-now', 'aria-hidden': 'true' })
  #drawnSpans: readonly Span[] = []
  #spanned: readonly Mark[] = []
  #spannedCount = -1

  constructor(root: SVGSVGElement, log: MarkLog, lanes: Lanes, onMark: OnMark) {
    this.#root = root
    this.#log = log
    this.#lanes = lanes
    this.#marks = new MarkLayer(lanes, onMark)
    const clip = svg('clipPath', { id: `${root.id}-clip` })
    clip.append(svg('rect', { x: LABEL_WIDTH - 12, y: 0, width: '100%', height: lanes.height }))
    const clipped = svg('g', { 'clip-path': `url(#${root.id}-clip)` })
    this.#moving.append(this.#spans, this.#marks.element)
    clipped.append(this.#ticks, this.#moving, this.#now)
    root.replaceChildren(clip, laneLines(lanes), clipped)
  }

  /** Draws what is so now. @returns Whether anything will still move. */
  draw(): boolean {
    const width = this.#root.clientWidth
    const { elapsedMs, isRunning, marks } = this.#log
    const [fromMs, toMs] = windowOf(elapsedMs, isRunning)
    const x = scaleLinear([fromMs, toMs], [LABEL_WIDTH, width - RIGHT])
    const perMs = (width - RIGHT - LABEL_WIDTH) / (toMs - fromMs)
    this.#marks.update(marks, perMs)
    setAttributes(this.#moving, { transform: `translate(${LABEL_WIDTH - fromMs * perMs} 0)` })
    this.#drawSpans(marks, elapsedMs, perMs)
    this.#drawTicks(x)
    setAttributes(this.#now, {
      x1: x(elapsedMs),
      x2: x(elapsedMs),
      y1: AXIS_HEIGHT - 4,
      y2: this.#lanes.height,
    })
    this.#now.style.display = isRunning ? '' : 'none'
    return isRunning
  }

  moveFocus(key: string): boolean {
    return this.#marks.moveFocus(key)
  }

  #drawSpans(marks: readonly Mark[], elapsedMs: number, perMs: number): void {
    if (marks !== this.#spanned || marks.length !== this.#spannedCount) {
      this.#spanned = marks
      this.#spannedCount = marks.length
      this.#drawnSpans = spansOf(marks)
      this.#spans.replaceChildren(
        ...this.#drawnSpans.map(({ kind }) => svg('rect', { class: `timeline-span ${kind}` })),
      )
    }
    const { y, laneHeight, height } = this.#lanes
    this.#drawnSpans.forEach(({ pane, kind, fromMs, toMs }, index) => {
      const rect = this.#spans.children[index]
      const thick = kind === 'leads' ? 3 : laneHeight - 2
      const box =
        pane === null
          ? { y: AXIS_HEIGHT, height: height - AXIS_HEIGHT }
          : { y: y(pane) - thick / 2, height: thick }
      const width = Math.max(0, ((toMs ?? elapsedMs) - fromMs) * perMs)
      if (rect) setAttributes(rect, { x: fromMs * perMs, width, ...box })
    })
  }

  #drawTicks(x: ReturnType<typeof scaleLinear<number, number>>): void {
    const [left = 0, right = 0] = x.range()
    const count = Math.max(1, Math.min(TICKS, Math.floor((right - left) / TICK_WIDTH)))
    const ticks = x.ticks(count).filter((ms) => ms >= 0 && ms % 1000 === 0)
    while (this.#ticks.children.length < ticks.length) {
      const tick = svg('g')
      tick.append(svg('line', { class: 'timeline-tick', y1: AXIS_HEIGHT - 4, y2: this.#lanes.height }))
      tick.append(svg('text', { class: 'timeline-text', y: 12, 'text-anchor': 'middle' }))
      this.#ticks.append(tick)
    }
    while (this.#ticks.children.length > ticks.length) this.#ticks.lastChild?.remove()
    ticks.forEach((ms, index) => {
      const tick = this.#ticks.children[index]
      const text = tick?.lastElementChild
      if (!tick || !text) return
      setAttributes(tick, { transform: `translate(${x(ms)} 0)` })
      const words = `${ms / 1000} s`
      if (text.textContent !== words) text.textContent = words
    })
  }
}

function laneLines({ panes, y, laneHeight }: Lanes): SVGGElement {
  const group = svg('g', { 'aria-hidden': 'true' })
  const every = laneHeight < 12 ? 5 : 1
  panes.forEach((pane, index) => {
    group.append(
      svg('line', { class: 'timeline-lane', x1: LABEL_WIDTH, x2: '100%', y1: y(pane), y2: y(pane) }),
    )
    const [, number = '', real] = pane.split('-')
    if (index !== 0 && (index + 1) % every !== 0) return
    const label = svg('text', {
      class: 'timeline-text',
      x: LABEL_WIDTH - 14,
      y: y(pane) + 4,
      'text-anchor': 'end',
    })
    label.textContent = `${number}${real ? '↗' : ''}`
    group.append(label)
  })
  return group
}
