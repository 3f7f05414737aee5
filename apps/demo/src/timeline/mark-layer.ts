import type { Mark } from '../bench/mark.ts'
import { describeMark } from './describe-mark.ts'
import type { Lanes } from './lanes.ts'
import { SHAPES } from './shapes.ts'
import { setAttributes, svg } from './svg.ts'
import { rowsFor, WORDS_START } from './words.ts'

const MINOR = new Set<Mark['kind']>(['message', 'signed-in'])

/** Told which mark is pointed at or has the focus, and the element that shows it; null: none. */
export type OnMark = (mark: Mark | null, element?: Element) => void

interface Drawn {
  mark: Mark
  readonly element: SVGGElement
}

/** The marks of a timeline. One of them can be reached by the tab key, the others from there by arrow keys. */
export class MarkLayer {
  readonly element = svg('g')
  readonly #minor = svg('g')
  readonly #major = svg('g')
  readonly #lanes: Lanes
  readonly #onMark: OnMark
  #drawn: Drawn[] = []
  #perMs = 0
  #current: Drawn | null = null

  constructor(lanes: Lanes, onMark: OnMark) {
    this.#lanes = lanes
    this.#onMark = onMark
    this.element.append(this.#minor, this.#major) // what matters lies above what does not
  }

  update(marks: readonly Mark[], perMs: number): void {
    if (marks.length < this.#drawn.length || marks[0]?.id !== this.#drawn[0]?.mark.id) this.#clear()
    const isRescaled = perMs !== this.#perMs
    this.#perMs = perMs
    marks.forEach((mark, index) => {
      const known = this.#drawn[index]
      const drawn = known ?? this.#add(mark)
      if (drawn.mark !== mark) {
        drawn.mark = mark
        drawn.element.setAttribute('aria-label', describeMark(mark))
      }
      if (!known || isRescaled) this.#place(drawn)
    })
    this.#keepWordsApart()
  }

  /** @returns Whether the key meant something. */
  moveFocus(key: string): boolean {
    const at = this.#current ? this.#drawn.indexOf(this.#current) : -1
    const targets: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: this.#drawn.length - 1,
    }
    const target = targets[key]
    const drawn = target === undefined ? undefined : this.#drawn[target]
    drawn?.element.focus()
    return target !== undefined
  }

  #clear(): void {
    this.#minor.replaceChildren()
    this.#major.replaceChildren()
    this.#drawn = []
    this.#makeCurrent(null)
    this.#onMark(null)
  }

  #add(mark: Mark): Drawn {
    const { path, isFilled, tone } = SHAPES[mark.kind]
    const element = svg('g', {
      class: `timeline-mark ${tone}${isFilled ? ' filled' : ''}`,
      role: 'img',
      'aria-label': describeMark(mark),
      'data-kind': mark.kind,
      tabindex: -1,
    })
    const scale = this.#lanes.laneHeight < 12 && mark.pane !== null ? 0.7 : 1
    // Larger than what is seen, for pointers.
    element.append(svg('circle', { class: 'timeline-touch', r: 8 * scale }))
    element.append(svg('path', { d: path, transform: `scale(${scale})` }))
    if (mark.pane === null) element.append(moment(mark, this.#lanes))
    const drawn: Drawn = { mark, element }
    const show = () => this.#onMark(drawn.mark, element)
    element.addEventListener('pointerenter', show)
    element.addEventListener('pointerleave', () => this.#onMark(null))
    element.addEventListener('focus', () => {
      this.#makeCurrent(drawn)
      show()
    })
    element.addEventListener('blur', () => this.#onMark(null))
    const layer = MINOR.has(mark.kind) ? this.#minor : this.#major
    layer.append(element)
    this.#drawn.push(drawn)
    if (this.#drawn.length === 1) this.#makeCurrent(drawn)
    return drawn
  }

  #place({ mark, element }: Drawn): void {
    setAttributes(element, { transform: `translate(${mark.atMs * this.#perMs} ${this.#lanes.y(mark.pane)})` })
  }

  #keepWordsApart(): void {
    const moments = this.#drawn.filter(({ mark }) => mark.pane === null)
    const rows = rowsFor(moments.map(({ mark }) => ({ x: mark.atMs * this.#perMs, text: mark.text })))
    moments.forEach(({ element }, index) => {
      const row = rows[index] ?? null
      element.classList.toggle('wordless', row === null)
      element.classList.toggle('upper', row === 1)
    })
  }

  #makeCurrent(drawn: Drawn | null): void {
    this.#current?.element.setAttribute('tabindex', '-1')
    drawn?.element.setAttribute('tabindex', '0')
    this.#current = drawn
  }
}

/** What happens to all panes has words, and a line down all lanes. */
function moment({ text }: Mark, { height, y }: Lanes): SVGGElement {
  const group = svg('g', { class: 'timeline-moment', 'aria-hidden': 'true' })
  group.append(svg('line', { y1: 8, y2: height - y(null) }))
  const label = svg('text', { class: 'timeline-text', x: WORDS_START, y: 4 })
  label.textContent = text
  group.append(label)
  return group
}
