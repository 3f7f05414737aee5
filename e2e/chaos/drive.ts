import type { Seeded } from '../src/seeded.ts'
import type { Crowd } from './crowd.ts'
import type { ServerActions } from './server-actions.ts'
import type { Action } from './tab-actions.ts'

export const USER = { email: 'ada@example.com', password: 'correct horse' }
/** After the chaos: longer than any wait that it leaves behind, such as the last backoff. */
const SETTLE_WITHIN_MS = 90 * 1000 // 90 seconds

/** Does one thing after another to tabs and server, chosen at random, and ends what is begun for a while. */
export async function drive(
  crowd: Crowd,
  troubles: ServerActions,
  actions: readonly Action[],
  { untilMs, most }: { readonly untilMs: number; readonly most: number },
): Promise<void> {
  const { journal, random } = crowd
  const attempt = async (name: string, run: () => Promise<boolean>) => {
    try {
      if (await run()) journal.count(name)
    } catch (error) {
      journal.mishaps.push(`${name}: ${error}`)
    }
  }
  // All of them from the start, so that a short run sees many tabs too.
  for (let count = 1; count < most; count += 1) await attempt('open', async () => !!(await crowd.open()))
  const choices = chooseFrom(actions, random)
  while (Date.now() < untilMs) {
    await attempt('end', async () => {
      troubles.endDue()
      await crowd.endDue()
      keepSignedIn(crowd)
      return false
    })
    const action = choices.next().value
    await attempt(action.name, () => action.run(crowd))
    await new Promise((resolve) => setTimeout(resolve, 20 + random.fraction() * 280))
  }
}

/** Each once, in an order that the seed chooses, so that a short run has them all; and then by weight. */
function* chooseFrom(actions: readonly Action[], random: Seeded): Generator<Action, never> {
  const left = [...actions]
  while (left.length > 0) yield* left.splice(Math.floor(random.fraction() * left.length), 1)
  for (;;) yield pickByWeight(actions, random.fraction())
}

function pickByWeight(actions: readonly Action[], fraction: number): Action {
  let left = fraction * actions.reduce((sum, { weight }) => sum + weight, 0)
  const found = actions.find(({ weight }) => {
    left -= weight
    return left < 0
  })
  return found ?? (actions[0] as Action)
}

/**
 * Whoever is signed out, as a strict server does it after a lost answer, signs in again in the tab in front. Not awaited: the
 * server may be down.
 */
function keepSignedIn({ front, journal }: Crowd): void {
  if (!front?.runs || front.offline || front.signedIn !== false || front.isSigningIn) return
  front.signIn(USER).then(
    (session) => {
      if (session !== null) journal.signIns.push({ fromMs: Date.now(), session })
    },
    // The tab was lost meanwhile.
    () => {},
  )
}

/** With all troubles over, all tabs that are open show one generation before long. */
export async function comeInStep(crowd: Crowd): Promise<boolean> {
  const untilMs = Date.now() + SETTLE_WITHIN_MS
  while (Date.now() < untilMs) {
    keepSignedIn(crowd)
    const generations = await Promise.all(crowd.tabs.map((tab) => tab.generation().catch(() => null)))
    if (generations.length > 0 && generations.every((each) => each !== null && each === generations[0]))
      return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}
