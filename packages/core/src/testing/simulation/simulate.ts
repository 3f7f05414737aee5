import { suspensionOf } from './command-kinds.ts'
import { DEEDS } from './deeds.ts'
import { comeToRest } from './rest.ts'
import type { Command, Schedule } from './schedule.ts'
import { createSimulation, type Simulation } from './simulation.ts'

/** What a run has shown. */
export interface Outcome {
  /** The first thing that happened and must never happen; nothing if all is well. */
  readonly violations: readonly string[]
  /** A table of tabs against time, if it was asked for. */
  readonly trace: string
  readonly grants: number
}

/** Short-lived tokens make a long pause a long computation: no pause has more rotations than this. */
const MAX_ROTATIONS = 6

/** Runs a schedule, then lets the world come to rest. After every step, all invariants are checked. */
export const simulate = async (schedule: Schedule, { traced = false } = {}): Promise<Outcome> => {
  const simulation = createSimulation(schedule, traced)
  const { world, trace } = simulation
  // What follows on a violation tells nothing new.
  world.watch.onViolation = () => {
    world.watch.onViolation = () => {}
    trace.note('world', 'BROKEN')
    world.loop.halt()
  }
  try {
    for (let n = 0; n < schedule.tabs; n++) simulation.open(n % 2 === 0)
    await world.settle()
    const [first] = world.tabs
    if (first) simulation.call(first, first.coordinator.signIn(world.server.signIn()))
    await world.settle()
    for (const command of schedule.commands) {
      if (world.watch.violations.length === 0) await carryOut(simulation, command)
    }
    await comeToRest(simulation)
  } catch (error) {
    if (world.watch.violations.length === 0) world.watch.violations.push(`the run itself: ${error}`)
  }
  return {
    violations: world.watch.violations.slice(0, 1),
    trace: `${trace}`,
    grants: world.server.sent.length,
  }
}

const carryOut = async (simulation: Simulation, { kind, tab, amount, pauseMs }: Command): Promise<void> => {
  const { world, schedule, trace } = simulation
  const able = simulation.able()
  const chosen = able[tab % able.length]
  if (chosen) {
    const { suspends, forMs = Number.POSITIVE_INFINITY } = suspensionOf(kind)
    if (suspends) world.watch.suspend(suspends, world.loop.nowMs() + forMs)
    trace.note(world.tabs.indexOf(chosen), kind.toUpperCase())
    await DEEDS[kind](simulation, chosen, amount)
  } else simulation.open(true)
  await world.advance(Math.min(pauseMs, MAX_ROTATIONS * schedule.lifetimeSeconds * 1000))
}
