import { useCallback, useSyncExternalStore } from 'react'
import type { Bench } from '../bench/bench.ts'
import type { BenchState } from '../bench/bench-state.ts'
import type { Lab } from './lab.ts'
import type { LabState } from './lab-state.ts'

const RENDER_EVERY_MS = 50

export const useLab = (lab: Lab): LabState => useSyncExternalStore(lab.subscribe, lab.getState)

/** What is on a bench. Thirty panes have much to tell in a moment: it is rendered now and then. */
export function useBench(bench: Bench): BenchState {
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: number | undefined
      const unsubscribe = bench.subscribe(() => {
        timer ??= window.setTimeout(() => {
          timer = undefined
          listener()
        }, RENDER_EVERY_MS)
      })
      return () => {
        unsubscribe()
        clearTimeout(timer)
      }
    },
    [bench],
  )
  return useSyncExternalStore(subscribe, bench.getState)
}
