import type { GrantEntry } from '@solotab/auth-server'
import { seeded } from '../../src/seeded.ts'
import { ADA } from '../../src/stage.ts'
import { poll, settled, signIn, snapshotsOf } from '../../src/tabs.ts'
import { Crowd, type Load, reuses } from '../crowd.ts'
import { expect, test } from '../scene-test.ts'

const ROTATIONS = 200
const TABS = 8

/** Asks for a rotation without waiting for it. */
const ask = ({ tab }: Load) =>
  tab.evaluate(() => {
    app.coordinator?.refresh().catch(() => {})
  })

/** A rotation that somebody waits for, to the end. Null, or the code of the error. */
const rotate = ({ tab }: Load): Promise<string | null> =>
  tab.evaluate(async () => {
    try {
      await app.coordinator?.refresh()
      return null
    } catch (error) {
      return String((error as { code?: unknown }).code)
    }
  })

test.describe('9. a strict server: no reuse interval, no parent rule', () => {
  test.use({ serverOptions: { reuseIntervalSeconds: 0, parentRule: false } })

  test(`${ROTATIONS} rotations of ${TABS} tabs opened, closed and reloaded at random: a token is sent again only after its answer was lost`, async ({
    scene,
  }, testInfo) => {
    test.setTimeout(3 * 60 * 1000)
    const random = seeded()
    console.log(`SOLOTAB_SEED=${random.seed}`)
    testInfo.annotations.push({ type: 'seed', description: String(random.seed) })
    const crowd = new Crowd(scene)
    for (let count = 0; count < TABS; count += 1) await crowd.open()
    let signIns = 0
    const keepSignedIn = async () => {
      // A tab that is loading, or that is about to hear of it, says nothing about the session.
      const states = async () => {
        const shots = await snapshotsOf(crowd.tabs)
        return [...new Set(shots.map(({ status, reason }) => reason ?? status))].join()
      }
      await poll(states).toMatch(/^(signed-in|no-session|revoked)$/)
      if ((await states()) === 'signed-in') return
      await signIn(random.pick(crowd.tabs), ADA)
      signIns += 1
    }
    const rotations = () => scene.refreshes().filter(({ outcome }) => outcome === 'rotated').length
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
    await settled(crowd.tabs)
    /** The server had sent the answer, and the page was closed or reloaded before it had stored it. */
    const wasGone = async ({ tab, id }: GrantEntry) => {
      if (tab === null || !crowd.over.has(tab)) return false
      const granted = scene.refreshes().filter((grant) => grant.tab === tab && grant.outcome === 'rotated')
      return granted.at(-1)?.id === id && (await crowd.stored(tab)) < granted.length
    }
    const all = reuses(scene.refreshes())
    for (const { grant, before } of all) {
      const how = before?.answerLost
        ? 'the answer was lost'
        : 'the page was gone before it could store the answer'
      console.log(`reuse: grant ${grant.id} after grant ${before?.id}: ${how}`)
    }
    const description = `${rotations()} rotations, ${all.length} reuses after a lost answer, ${signIns} sign-ins`
    console.log(description)
    testInfo.annotations.push({ type: 'figure', description })
    for (const { before } of all) expect(before && (before.answerLost || (await wasGone(before)))).toBe(true)
    // Every sign-in after the first is owed to such a reuse.
    const ended = new Set(all.map(({ grant }) => grant.sessionId)).size
    expect(signIns).toBe(1 + ended)
    expect(scene.refreshes().filter(({ outcome, reuse }) => outcome === 'refused' && !reuse)).toEqual([])
  })
})
