import type { Played } from './table.ts'

/** One test in one engine. */
export type TestName = Pick<Played, 'engine' | 'file' | 'title'>

/** The part of a report of Playwright's JSON reporter that names its tests. */
export interface Suite {
  readonly title: string
  readonly file: string
  readonly specs?: readonly { readonly title: string; readonly tests: readonly { projectName: string }[] }[]
  readonly suites?: readonly Suite[]
}

/** The tests of a report: of a run, or of `--list`. */
export const testsOf = (report: { suites: readonly Suite[] }): TestName[] =>
  report.suites.flatMap((file) => testsIn(file, []))

const testsIn = ({ file, specs = [], suites = [] }: Suite, outer: readonly string[]): TestName[] => [
  ...specs.flatMap(({ title, tests }) =>
    tests.map(({ projectName }) => ({ engine: projectName, file, title: [...outer, title].join(' › ') })),
  ),
  ...suites.flatMap((suite) => testsIn(suite, [...outer, suite.title])),
]

const nameOf = ({ engine, file, title }: TestName) => `${engine} › ${file} › ${title}`

/** Why what was played makes no table of everything: a sentence, or null where all of it was played, and nothing else. */
export function whyIncomplete(played: readonly Played[], all: readonly TestName[]): string | null {
  const engines = [...new Set(all.map(({ engine }) => engine))]
  const isSilent = (engine: string) =>
    played.every((test) => test.engine !== engine || test.outcome === 'skipped')
  const silent = engines.filter(isSilent)
  if (silent.length > 0) return `${silent.join(', ')} played nothing.`
  const had = new Set(played.map(nameOf))
  const missing = all.filter((test) => !had.has(nameOf(test)))
  if (missing.length > 0) return `Not played: ${countsOf(missing)}.`
  const known = new Set(all.map(nameOf))
  const gone = played.filter((test) => !known.has(nameOf(test)))
  return gone.length > 0 ? `Played, and gone since: ${countsOf(gone)}.` : null
}

const countsOf = (tests: readonly TestName[]): string => {
  const files = tests.map(({ file }) => file)
  const counts = [...new Set(files)].map(
    (file) => `${files.filter((each) => each === file).length} of ${file}`,
  )
  return counts.join(', ')
}
