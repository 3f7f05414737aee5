import { useEffect, useState } from 'react'
import { everySecond, nowMs } from './adapters/clock.ts'

/** The time, in milliseconds since the epoch; renders every second. */
export const useNow = (): number => {
  const [now, setNow] = useState(nowMs)
  useEffect(() => everySecond(() => setNow(nowMs())), [])
  return now
}
