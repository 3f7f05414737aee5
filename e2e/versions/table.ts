/** The part of a report of Playwright's JSON reporter that matters here. */
export interface Suite {
  readonly title: string
  readonly specs?: readonly Spec[]
  readonly suites?: readonly Suite[]
}

interface Spec {
  readonly title: string
  readonly tests: readonly {
    /** `skipped` also where a run ended before its turn; then there are no results. */
    readonly status: string
    readonly results: readonly unknown[]
  }[]
}

const PREFIX = 'supabase-js '

const specsIn = (suite: Suite): readonly Spec[] => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsIn),
]

const suitesIn = (suite: Suite): readonly Suite[] => [suite, ...(suite.suites ?? []).flatMap(suitesIn)]

const wordFor = (spec?: Spec): string => {
  const played = spec?.tests.filter(({ results }) => results.length > 0) ?? []
  const statuses = [...new Set(played.map(({ status }) => status))].join()
  if (statuses === 'expected') return 'yes'
  return statuses === 'skipped' ? 'skipped' : '**no**'
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/**
 * The table of client versions: a row for each `describe('supabase-js …')` of the report, a column for each of its tests.
 * @param exact The exact version that was installed for a name such as 2.39.
 * @throws {Error} if the report has no such tests.
 */
export const tableOf = (report: { suites: readonly Suite[] }, exact: (name: string) => string): string => {
  const rows = report.suites.flatMap(suitesIn).filter(({ title }) => title.startsWith(PREFIX))
  const columns = [...new Set(rows.flatMap((each) => specsIn(each).map(({ title }) => title)))]
  if (columns.length === 0) throw new Error('The report has no tests of client versions.')
  const cells = rows.map((each) => {
    const specs = columns.map((column) => specsIn(each).find(({ title }) => title === column))
    return [exact(each.title.slice(PREFIX.length)), ...specs.map(wordFor)]
  })
  const head = ['supabase-js', ...columns]
  return [head, head.map(() => '---'), ...cells].map(row).join('\n')
}
