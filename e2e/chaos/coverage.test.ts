import { describe, expect, test } from 'vitest'
import { judgeCoverage, LEAST_MINUTES } from './coverage.ts'
import { report } from './report.ts'
import { Run } from './testing/run.ts'

describe('the bars of all runs together', () => {
  const LOAD = 'tab-1-load'
  const ACTIONS = 'every kind of action was done'
  const EFFECTS = 'pages told of every effect that they can tell of'
  const MISHAPS = 'the harness could do nearly all that it tried'

  const page = (run: Run, atMs: number, event: string, load = LOAD) =>
    run.tell(load, atMs, { type: 'page', event })

  /** What shows each effect, each at a time and in a page of its own where that matters. */
  const SIGNS: Readonly<Record<string, (run: Run) => void>> = {
    shown: (run) => page(run, 1000, 'visible', 'tab-2-load'),
    frozen: (run) => page(run, 2010, 'freeze'),
    thawed: (run) => page(run, 2990, 'resume'),
    'back from the back-forward cache': (run) => page(run, 5000, 'pageshow'),
    'off line': (run) => page(run, 6010, 'offline'),
    crashed: (run) => run.tell('tab-3-load', 6900, { type: 'query-sent', sending: 'one', validForMs: 1 }),
  }

  /** A long run in which everything was done and seen, except for these effects. */
  const complete = (...unseen: readonly string[]) => {
    const run = new Run()
    run.minutes = LEAST_MINUTES
    run.journal.count('open')
    run.journal.count('crash')
    page(run, 500, 'pageshow')
    run.trouble('frozen', LOAD, 2000, 3000)
    run.trouble('away', LOAD, 4000, 5000)
    run.trouble('off line', LOAD, 6000, 8000)
    run.tell(LOAD, 7000, { type: 'query-sent', sending: 'lost', validForMs: 1 })
    run.trouble('crashed', 'tab-3-load', 7000)
    for (const [name, show] of Object.entries(SIGNS)) if (!unseen.includes(name)) show(run)
    return run
  }

  const broken = (...runs: readonly Run[]) =>
    judgeCoverage(runs.map(({ evidence }) => evidence)).flatMap(({ name, held }) =>
      held === false ? [name] : [],
    )

  test('hold when everything was done and seen', () => {
    expect(broken(complete())).toEqual([])
  })

  test('are broken by a kind of action that no run has done', () => {
    const [one, other] = [complete(), complete()]
    delete one.journal.actions.crash
    expect(broken(one, other)).toEqual([])
    delete other.journal.actions.crash
    expect(broken(one, other)).toEqual([ACTIONS])
  })

  for (const name of Object.keys(SIGNS)) {
    test(`are broken if no page told that it was ${name}`, () => {
      expect(broken(complete(name))).toEqual([EFFECTS])
      expect(broken(complete(name), complete())).toEqual([])
    })
  }

  test('are broken by pages that went off line and whose queries arrived', () => {
    const run = complete()
    run.requests.push({ sending: 'lost', arrivedMs: 7010, status: 200, expiresMs: null })
    expect(broken(run)).toEqual([EFFECTS])
  })

  test('do not go by queries at the edge of being off line, or of a page that was lost meanwhile', () => {
    for (const spell of [
      { fromMs: 6900, toMs: 8000 },
      { fromMs: 6000, toMs: 7100 },
      { fromMs: 6000, toMs: Number.POSITIVE_INFINITY },
    ]) {
      const run = complete()
      page(run, spell.fromMs, 'offline')
      const others = run.journal.spells.filter(({ trouble }) => trouble !== 'off line')
      run.journal.spells.splice(0, Number.POSITIVE_INFINITY, ...others)
      run.trouble('off line', LOAD, spell.fromMs, spell.toMs)
      expect(broken(run)).toEqual([EFFECTS])
    }
  })

  test('count the crash of a page that was frozen, or away, before', () => {
    const run = complete()
    run.trouble('frozen', 'tab-3-load', 100, 200)
    run.trouble('away', 'tab-3-load', 300, 400)
    page(run, 300, 'pagehide', 'tab-3-load')
    expect(broken(run)).toEqual([])
  })

  test('are broken by crashed pages that say goodbye, or go on', () => {
    for (const [atMs, event] of [
      [7010, 'pagehide'],
      [13_000, 'visible'],
    ] as const) {
      const run = complete()
      page(run, atMs, event, 'tab-3-load')
      expect(broken(run)).toEqual([EFFECTS])
    }
  })

  test('do not take the silence of a frozen page for a crash', () => {
    const run = complete()
    run.trouble('frozen', 'tab-3-load', 6950)
    expect(broken(run)).toEqual([EFFECTS])
  })

  test('do not take what the back-forward cache does for a freeze, or for another tab in front', () => {
    const run = complete('shown', 'frozen', 'thawed')
    for (const event of ['freeze', 'resume', 'visible']) page(run, 4500, event)
    const [, effects] = judgeCoverage([run.evidence])
    expect(effects?.detail).toMatch(/^shown 0, frozen 0, thawed 0, /)
  })

  test('are not judged, and say so, when all runs together were too short', () => {
    const run = new Run()
    run.journal.count('open')
    run.minutes = LEAST_MINUTES / 2 - 0.1
    expect(judgeCoverage([run.evidence, run.evidence]).slice(0, 2)).toEqual([
      { name: ACTIONS, held: null, detail: expect.stringContaining('too short') },
      { name: EFFECTS, held: null, detail: expect.stringContaining('too short') },
    ])
    run.minutes = LEAST_MINUTES / 2
    expect(broken(run, run)).toEqual([ACTIONS, EFFECTS])
  })

  test('are broken by more mishaps than their share of what was tried, however short the run', () => {
    const run = new Run()
    for (let count = 0; count < 98; count += 1) run.journal.count('open')
    run.journal.mishaps.push('one', 'two')
    expect(broken(run)).toEqual([])
    run.journal.mishaps.push('three')
    expect(broken(run)).toEqual([MISHAPS])
  })

  test('are broken by a harness that did nothing', () => {
    expect(broken(new Run())).toEqual([MISHAPS])
  })

  test('are in the report, with their figures', () => {
    const run = complete('crashed')
    const text = report([run.verdict], judgeCoverage([run.evidence]))
    expect(text).toContain(`all runs: held: ${ACTIONS}: open 1, crash 1`)
    expect(text).toContain(`all runs: BROKEN: ${EFFECTS}: crashed 0, shown 1`)
  })
})
