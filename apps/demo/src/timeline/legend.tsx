import { LEGEND, SHAPES } from './shapes.ts'

/** What the marks mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Marks on the timelines">
      {LEGEND.map(([kind, words]) => {
        const { path, isFilled, tone } = SHAPES[kind]
        return (
          <li key={kind}>
            <svg viewBox="-8 -8 16 16" aria-hidden="true">
              <g className={`timeline-mark ${tone}${isFilled ? ' filled' : ''}`}>
                <path d={path} />
              </g>
            </svg>
            {words}
          </li>
        )
      })}
    </ul>
  )
}
