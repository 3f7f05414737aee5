import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Bench } from '../bench/bench.ts'
import { SIDE_NAMES } from '../protocol/side.ts'
import { describeMark } from './describe-mark.ts'
import { layOut } from './lanes.ts'
import { TimelineView } from './timeline-view.ts'

const SLOW_MS = 500 // between two pictures, for those who want less motion

interface Props {
  readonly bench: Bench
  /** Lanes, at least. */
  readonly tabs: number
  /** Panes beside those. */
  readonly others: readonly string[]
}

/** One lane per pane, time running. Marks can be pointed at, and reached with the arrow keys. */
export function Timeline({ bench, tabs, others }: Props) {
  const root = useRef<SVGSVGElement>(null)
  const view = useRef<TimelineView>(null)
  const [details, setDetails] = useState<{ text: string; x: number; y: number } | null>(null)
  const id = useId()
  const extra = others.join()
  const lanes = useMemo(
    () => layOut(bench.side, tabs, extra.split(',').filter(Boolean)),
    [bench, tabs, extra],
  )

  useEffect(() => {
    const element = root.current
    if (!element) return
    const drawing = new TimelineView(element, bench.log, lanes, (mark, at) => {
      if (!mark || !at) return setDetails(null)
      const [outer, inner] = [element.getBoundingClientRect(), at.getBoundingClientRect()]
      setDetails({ text: describeMark(mark), x: inner.x - outer.x, y: inner.y - outer.y })
    })
    view.current = drawing
    return keepDrawing(drawing)
  }, [bench, lanes])

  return (
    <div className="timeline">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset. */}
      <svg
        ref={root}
        id={`timeline-${id}`}
        className="timeline-drawing"
        style={{ height: lanes.height }}
        role="group"
        aria-label={`Timeline, ${SIDE_NAMES[bench.side]}: arrow keys go from mark to mark`}
        onKeyDown={(event) => {
          if (view.current?.moveFocus(event.key)) event.preventDefault()
        }}
      />
      <p
        className="timeline-details"
        hidden={!details}
        style={{ '--x': `${details?.x ?? 0}px`, '--y': `${details?.y ?? 0}px` } as object}
      >
        {details?.text}
      </p>
    </div>
  )
}

function keepDrawing(view: TimelineView): () => void {
  const wantsLess = matchMedia('(prefers-reduced-motion: reduce)')
  let frame = 0
  let timer = 0
  const again = () => {
    view.draw()
    if (wantsLess.matches) timer = window.setTimeout(again, SLOW_MS)
    else frame = requestAnimationFrame(again)
  }
  again()
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
