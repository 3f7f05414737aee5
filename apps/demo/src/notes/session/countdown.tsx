import { useEffect, useState } from 'react'

/** The seconds until then. Not to be put into a live region: screen readers would read every one of them. */
export function Countdown({ untilMs }: { untilMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
  return seconds > 0 ? `in ${seconds} s` : 'now'
}
