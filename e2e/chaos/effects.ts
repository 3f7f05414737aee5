import type { Evidence } from './evidence.ts'
import type { Journal, Spell, Trouble } from './journal.ts'
import { SLACK_MS } from './troubles.ts'

/** How often pages told, by themselves, that something was done to them. */
export type Effects = Readonly<Record<string, number>>

/** Longer than Chromium takes to end a process. A page that lives tells of its queries all that time. */
const DEAD_WITHIN_MS = 5 * 1000 // 5 seconds

/** What can be seen in what the pages told. A command that Chromium answers and does not obey is not in it. */
export function effectsOf({ journal, requests }: Evidence): Effects {
  const arrived = new Set(requests.map(({ sending }) => sending))
  const spells = (trouble: Trouble) => journal.spells.filter((spell) => spell.trouble === trouble)
  const told = ({ load, fromMs, toMs }: Spell, event: string) =>
    journal
      .of('page')
      .some((fact) => fact.load === load && fact.event === event && isWithin(fact.atMs, fromMs, toMs))
  // A query that left in the middle of it, and never arrived.
  const lostQuery = ({ load, fromMs, toMs }: Spell) =>
    journal
      .of('query-sent')
      .some(
        (fact) =>
          fact.load === load &&
          fact.atMs > fromMs + SLACK_MS &&
          fact.atMs < toMs - SLACK_MS &&
          !arrived.has(fact.sending),
      )
  return {
    shown: shownAgain(journal),
    frozen: spells('frozen').filter((spell) => told(spell, 'freeze')).length,
    thawed: spells('frozen').filter((spell) => hasEnded(spell) && told(spell, 'resume')).length,
    'back from the back-forward cache': returns(journal),
    'off line': spells('off line').filter(
      (spell) => hasEnded(spell) && told(spell, 'offline') && lostQuery(spell),
    ).length,
    crashed: spells('crashed').filter((spell) => diedSilently(journal, spell)).length,
  }
}

const isWithin = (atMs: number, fromMs: number, toMs: number) =>
  atMs >= fromMs - SLACK_MS && atMs <= toMs + SLACK_MS

/** A spell of a page that is lost meanwhile never ends. */
const hasEnded = ({ toMs }: Spell) => toMs < Number.POSITIVE_INFINITY

/** A load that was hidden behind another tab, and is not any more. */
function shownAgain(journal: Journal): number {
  const wasAway = new Set(journal.spells.flatMap(({ trouble, load }) => (trouble === 'away' ? [load] : [])))
  return journal.of('page').filter(({ load, event }) => event === 'visible' && !wasAway.has(load)).length
}

/** Only the cache shows one load of a page more than once. */
function returns(journal: Journal): number {
  const shown = journal.of('page').filter(({ event }) => event === 'pageshow')
  return shown.length - new Set(shown.map(({ load }) => load)).size
}

/** It ran, and from then on it told nothing, not even that it goes. */
function diedSilently({ spells, facts }: Journal, { load, fromMs }: Spell): boolean {
  const slept = spells.some(
    (spell) => spell.load === load && ['frozen', 'away'].includes(spell.trouble) && spell.toMs >= fromMs,
  )
  const mine = facts.filter((fact) => fact.load === load)
  const saidGoodbye = mine.some(
    (fact) => fact.type === 'page' && fact.event === 'pagehide' && fact.atMs >= fromMs - SLACK_MS,
  )
  return (
    !slept && mine.length > 0 && !saidGoodbye && mine.every(({ atMs }) => atMs <= fromMs + DEAD_WITHIN_MS)
  )
}
