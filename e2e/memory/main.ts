// An app that is left open for a day: it queries now and then, and its tokens are rotated. It keeps nothing itself.
import { createCoordinatedClient } from '@solotab/core/supabase'
import { simulateTime } from './simulated-time.ts'

declare global {
  /** Signs in; and lets hours pass, resolving with the number of rotations and of queries answered in them. */
  var day: {
    signIn(credentials: { email: string; password: string }): Promise<string | null>
    pass(hours: number): Promise<{ rotations: number; answers: number }>
  }
}

const QUERY_EVERY_MS = 10 * 60 * 1000 // 10 minutes
const time = simulateTime()
const server = new URLSearchParams(location.search).get('server') ?? ''
const { supabase, coordinator } = createCoordinatedClient(server, 'anon')

let rotations = 0
let answers = 0
/** Grants and queries that have begun and not ended. */
let underWay = 0
let onIdle = () => {}
const end = () => {
  underWay -= 1
  if (underWay === 0) onIdle()
}
const idle = () =>
  new Promise<void>((resolve) => {
    onIdle = resolve
  })

coordinator.onDiagnostic((event) => {
  if (event.type === 'grant-started') underWay += 1
  if (event.type !== 'grant-ended') return
  if (event.outcome === 'rotated') rotations += 1
  end()
})
supabase.auth.onAuthStateChange(() => {})
setInterval(async () => {
  underWay += 1
  // What an app does: it asks, and it listens for a while.
  const { data } = supabase.auth.onAuthStateChange(() => {})
  const { data: rows } = await supabase.from('notes').select()
  if (rows?.length) answers += 1
  data.subscription.unsubscribe()
  document.dispatchEvent(new Event('visibilitychange'))
  end()
}, QUERY_EVERY_MS)

globalThis.day = {
  async signIn(credentials) {
    const { error } = await supabase.auth.signInWithPassword(credentials)
    return error && (error.code ?? error.message)
  },
  async pass(hours) {
    const before = { rotations, answers }
    const untilMs = time.nowMs() + hours * 60 * 60 * 1000
    while (time.step(untilMs)) {
      // Time stands still while the real network and the real database are at work.
      if (underWay > 0) await idle()
      await time.task()
    }
    return { rotations: rotations - before.rotations, answers: answers - before.answers }
  },
}
