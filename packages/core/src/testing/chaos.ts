import type { FakeTab } from './fake-tab.ts'
import { createWorld, type FakeWorld } from './fake-world.ts'
import { statusIn } from './looks.ts'
import type { SentGrant } from './model-server.ts'

const HOLD_MS = 13_000
const STEPS = 60

const strictOptions = { reuseIntervalMs: 0, parentRule: false }

/**
 * A world in which things happen at random for a while, and then nothing bad any more until it comes to rest.
 * The seed decides everything: the order of tasks that are due together, Web Locks or not, a strict server or not,
 * and what happens when.
 */
export const runChaos = async (seed: number): Promise<FakeWorld> => {
  const isStrict = seed % 3 === 0
  const server = { lifetimeSeconds: 60, ...(isStrict ? strictOptions : {}) }
  const world = createWorld({ seed, shuffle: true, locks: seed % 4 !== 0, server })
  const { random } = world
  const cached = new Set<FakeTab>()
  const closed = new Set<FakeTab>()
  const isOpen = (tab: FakeTab) => !tab.gone && !closed.has(tab)
  const ignore = (promise: Promise<unknown>) => void promise.catch(() => {})
  const returnAll = () => {
    for (const tab of cached) if (!tab.gone) tab.leaveCache()
    cached.clear()
  }
  const thawAll = () => {
    for (const tab of world.tabs) if (tab.frozen && !tab.gone && !cached.has(tab)) tab.thaw()
  }

  const deeds: [weight: number, deed: (tab: FakeTab) => unknown][] = [
    [6, () => world.open({ visible: random() < 0.5 })],
    [4, (tab) => tab.crash()],
    [2, (tab) => tab.unload()],
    [4, (tab) => ignore(tab.coordinator.close().finally(() => closed.add(tab)))],
    [6, (tab) => tab.freeze()],
    [10, thawAll],
    [15, (tab) => ignore(tab.coordinator.refresh())],
    [10, (tab) => ignore(tab.coordinator.getAccessToken({ minValidityMs: random() * 50_000 }))],
    [3, async (tab) => !tab.frozen && cached.add(tab) && (await tab.enterCache())],
    [4, returnAll],
    [4, (tab) => (random() < 0.5 ? tab.hide() : tab.show())],
    [4, (tab) => ignore(tab.coordinator.updateSession({ changed: random() } as object))],
    [1, (tab) => ignore(tab.coordinator.signIn(world.server.signIn()))],
    [2, (tab) => world.election.rejoin(tab)],
    [2, () => makeNoise(world)],
    [2, () => makeSlow(world, isStrict)],
  ]

  world.openMany(4)
  await world.settle()
  if (world.tabs[0]) await world.signIn(world.tabs[0])
  for (let step = 0; step < STEPS; step++) {
    const able = world.tabs.filter((tab) => isOpen(tab) && !cached.has(tab))
    const tab = able[Math.floor(random() * able.length)] ?? world.open()
    await chosen(deeds, random())?.(tab)
    await world.advance(random() * (random() < 0.7 ? 1500 : 30_000))
  }

  world.channel.delivery = () => [1]
  world.server.fault = () => ({})
  returnAll()
  thawAll()
  await world.advance(1000)
  for (const tab of world.tabs) if (isOpen(tab)) tab.show()
  await world.advance(200_000)
  await world.settle()
  return world
}

/** The deed at `fraction` of all weights. */
const chosen = <T>(
  deeds: readonly (readonly [weight: number, deed: T])[],
  fraction: number,
): T | undefined => {
  let left = fraction * deeds.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, deed] of deeds) {
    left -= weight
    if (left < 0) return deed
  }
  return undefined
}

/** Messages get lost, come twice, and overtake each other. */
const makeNoise = (world: FakeWorld): void => {
  const { random } = world
  world.channel.delivery = () => {
    if (random() < 0.3) return []
    return random() < 0.2 ? [random() * 30, random() * 50] : [random() * 30]
  }
}

/** The server takes its time and, unless that would end the session, loses answers. */
const makeSlow = (world: FakeWorld, isStrict: boolean): void => {
  const { random } = world
  world.server.fault = () => ({
    beforeMs: random() * 8000,
    afterMs: random() * 3000,
    lost: !isStrict && random() < 0.2,
  })
}

/** Was an answer of this grant's session lost: with its tab, by a time-out, or to a holder past its deadline? */
const hasLostAnswer = (sent: readonly SentGrant[], { refreshToken, atMs }: SentGrant): boolean =>
  sent.some(
    (other) =>
      other.refreshToken.split('-')[1] === refreshToken.split('-')[1] &&
      (other.fate === 'given-up' || Math.min(other.answeredAtMs, atMs) - other.atMs > HOLD_MS),
  )

/** A coordinator that was closed keeps the snapshot that it had. */
const isClosed = (tab: FakeTab): boolean => tab.leftovers().listeners === 0

/** What is wrong in a world that has come to rest. */
export const faultsIn = (world: FakeWorld): string[] => {
  const faults = [...world.watch.violations]
  const { sent } = world.server
  const reuses = sent.filter((grant) => grant.decision === 'reuse')
  if (reuses.some((grant) => !hasLostAnswer(sent, grant))) faults.push('reuse without a lost answer')
  const tabs = world.tabs.filter((tab) => !tab.gone && !isClosed(tab))
  const found = new Set(
    tabs.map(
      (tab) =>
        `${tab.coordinator.getSnapshot().generation} ${tab.coordinator.current()?.tokens.access_token}`,
    ),
  )
  if (found.size > 1) faults.push('I4: the tabs do not agree')
  if (reuses.length === 0 && tabs.some((tab) => statusIn(tab) !== 'signed-in'))
    faults.push('I5: the session is lost')
  return faults
}
