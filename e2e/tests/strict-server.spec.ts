import type { Page } from '@playwright/test'
import type { GrantEntry } from '@solotab/auth-server'
import type { Diagnostic } from '@solotab/core'
import { seeded } from '../src/seeded.ts'
import { poll, settled, signIn, snapshotsOf } from '../src/tabs.ts'
import { ADA, expect, test, type World } from '../src/world.ts'

const ROTATIONS = 200
const TABS = 8

/** One page load: a reload makes a new one of the same tab. */
interface Load {
  readonly page: Page
  readonly name: string
}

/** Tabs that are opened, closed and reloaded; each page load has a name, which the server's list of grants shows. */
class Crowd {
  readonly #world: World
  #loads: Load[] = []
  #count = 0
  /** The names of page loads that are over. */
  readonly over = new Set<string>()
  /** Rotations that page loads have stored, by their names. */
  readonly stored = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
  }

  get loads(): readonly Load[] {
    return this.#loads
  }

  get pages(): readonly Page[] {
    return this.#loads.map(({ page }) => page)
  }

  async open(): Promise<void> {
    const page = await this.#world.context.newPage()
    await this.#load(page)
  }

  async close({ page, name }: Load): Promise<void> {
    this.#end(name)
    await page.close()
  }

  async reload({ page, name }: Load): Promise<void> {
    this.#end(name)
    await this.#load(page)
  }

  async #load(page: Page): Promise<void> {
    const name = `load-${++this.#count}`
    await page.goto(this.#world.address({}, name))
    this.#loads = [...this.#loads, { page, name }]
  }

  #end(name: string): void {
    this.over.add(name)
    this.#loads = this.#loads.filter((load) => load.name !== name)
  }
}

/** Asks for a rotation without waiting for it. */
const ask = ({ page }: Load) =>
  page.evaluate(() => {
    app.coordinator?.refresh().catch(() => {})
  })

/** A rotation that somebody waits for, to the end. Null, or the code of the error. */
const rotate = ({ page }: Load): Promise<string | null> =>
  page.evaluate(async () => {
    try {
      await app.coordinator?.refresh()
      return null
    } catch (error) {
      return String((error as { code?: unknown }).code)
    }
  })

/** The grants that presented a consumed token, with the grant before: the one that had consumed it. */
function reuses(grants: readonly GrantEntry[]) {
  return grants.flatMap((grant, index) => {
    if (!grant.reuse) return []
    const earlier = grants.slice(0, index).filter(({ sessionId }) => sessionId === grant.sessionId)
    return [{ grant, before: earlier.findLast(({ outcome }) => outcome === 'rotated') }]
  })
}

test.describe('a strict server: no reuse interval, no parent rule', () => {
  test.use({ serverOptions: { reuseIntervalSeconds: 0, parentRule: false } })

  test(`${ROTATIONS} rotations of ${TABS} tabs opened, closed and reloaded at random: a token is sent again only after its answer was lost`, async ({
    world,
  }, testInfo) => {
    test.setTimeout(3 * 60 * 1000)
    const random = seeded()
    console.log(`SOLOTAB_SEED=${random.seed}`)
    testInfo.annotations.push({ type: 'seed', description: String(random.seed) })
    const crowd = new Crowd(world)
    await world.context.exposeFunction('hearDiagnostic', (name: string, event: Diagnostic) => {
      if (event.type !== 'grant-ended' || event.outcome !== 'rotated') return
      crowd.stored.set(name, (crowd.stored.get(name) ?? 0) + 1)
    })
    for (let count = 0; count < TABS; count += 1) await crowd.open()
    let signIns = 0
    const keepSignedIn = async () => {
      // A tab that is loading, or that is about to hear of it, says nothing about the session.
      const states = async () => {
        const shots = await snapshotsOf(crowd.pages)
        return [...new Set(shots.map(({ status, reason }) => reason ?? status))].join()
      }
      await poll(states).toMatch(/^(signed-in|no-session|revoked)$/)
      if ((await states()) === 'signed-in') return
      await signIn(random.pick(crowd.pages), ADA)
      signIns += 1
    }
    const rotations = () => world.refreshes().filter(({ outcome }) => outcome === 'rotated').length
    while (rotations() < ROTATIONS) {
      await keepSignedIn()
      const action = random.fraction()
      if (action < 0.7) {
        const asked = Array.from({ length: 1 + Math.floor(random.fraction() * 3) }, () =>
          random.pick(crowd.loads),
        )
        await Promise.all(asked.map(rotate))
      } else if (action < 0.8 && crowd.loads.length > 2) {
        // In the middle of what goes on there, or not.
        if (random.fraction() < 0.5) await ask(random.pick(crowd.loads))
        await crowd.close(random.pick(crowd.loads))
      } else if (action < 0.9) {
        if (random.fraction() < 0.5) await ask(random.pick(crowd.loads))
        await crowd.reload(random.pick(crowd.loads))
      } else if (crowd.loads.length < TABS) {
        await crowd.open()
      }
    }
    await keepSignedIn()
    await settled(crowd.pages)
    /** The server had sent the answer, and the page was closed or reloaded before it had stored it. */
    const wasGone = ({ tab, id }: GrantEntry) => {
      if (tab === null || !crowd.over.has(tab)) return false
      const granted = world.refreshes().filter((grant) => grant.tab === tab && grant.outcome === 'rotated')
      return granted.at(-1)?.id === id && (crowd.stored.get(tab) ?? 0) < granted.length
    }
    const all = reuses(world.refreshes())
    for (const { grant, before } of all) {
      const how = before?.answerLost
        ? 'the answer was lost'
        : 'the page was gone before it could store the answer'
      console.log(`reuse: grant ${grant.id} after grant ${before?.id}: ${how}`)
    }
    console.log(`${rotations()} rotations, ${all.length} reuses after a lost answer, ${signIns} sign-ins`)
    testInfo.annotations.push({
      type: 'figure',
      description: `${rotations()} rotations, ${all.length} reuses after a lost answer, ${signIns} sign-ins`,
    })
    const unexplained = all.filter(({ before }) => !before || !(before.answerLost || wasGone(before)))
    expect(unexplained).toEqual([])
    // Every sign-in after the first is owed to such a reuse.
    const ended = new Set(all.map(({ grant }) => grant.sessionId)).size
    expect(signIns).toBe(1 + ended)
    expect(world.refreshes().filter(({ outcome, reuse }) => outcome === 'refused' && !reuse)).toEqual([])
  })
})
