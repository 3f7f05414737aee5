import { LEGEND, SHAPES, type Shape } from './shapes.ts'
import type { Span } from './spans.ts'

/** What lasts: how thick its band is drawn, and what it means. */
const BANDS: readonly (readonly [kind: Span['kind'], thick: number, words: string])[] = [
  ['leads', 3, 'leads'],
  ['frozen', 12, 'is frozen'],
  ['offline', 15, 'off line, all tabs'],
]

/** What the marks mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Marks on the timelines">
      {LEGEND.map(({ kinds: [kind], words }) => (
        <li key={words}>
          <svg viewBox="-8 -8 16 16" aria-hidden="true">
            {kind && <Mark {...SHAPES[kind]} />}
          </svg>
          {words}
        </li>
      ))}
      {BANDS.map(([kind, thick, words]) => (
        <li key={kind}>
          <svg viewBox="-8 -8 16 16" aria-hidden="true">
            <rect className={`timeline-span ${kind}`} x={-8} y={-thick / 2} width={16} height={thick} />
          </svg>
          {words}
        </li>
      ))}
      <li>
        <strong>gen 2</strong> the session’s second state: each change makes the next one
      </li>
    </ul>
  )
}

function Mark({ path, isFilled, tone }: Shape) {
  return (
    <g className={`timeline-mark ${tone}${isFilled ? ' filled' : ''}`}>
      <path d={path} />
    </g>
  )
}
