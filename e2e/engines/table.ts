/** What came of one test of a scenario in one engine. */
export interface Played {
  readonly engine: string
  readonly file: string
  /** With those of the groups that it is in. */
  readonly title: string
  readonly scenario: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped, or what was done differently there. */
  readonly notes: readonly string[]
}

// Their titles begin with numbers.
const byNumber = new Intl.Collator('en', { numeric: true }).compare

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** The table of scenarios and engines in Markdown, with the reasons of what was not done, or not in the same way, below it. */
export function tableOf(played: readonly Omit<Played, 'file' | 'title'>[]): string {
  const engines = [...new Set(played.map(({ engine }) => engine))]
  const scenarios = [...new Set(played.map(({ scenario }) => scenario))].sort(byNumber)
  const notes: string[] = []

  const mark = (note: string) => {
    if (!notes.includes(note)) notes.push(note)
    return `(${notes.indexOf(note) + 1})`
  }

  const cell = (scenario: string, engine: string) => {
    const tests = played.filter((each) => each.scenario === scenario && each.engine === engine)
    const marks = [...new Set(tests.flatMap((each) => each.notes))].map(mark)
    return [wordFor(tests), ...marks].join(' ')
  }

  const head = ['scenario', ...engines]
  const body = scenarios.map((scenario) => [scenario, ...engines.map((engine) => cell(scenario, engine))])
  const lines = [head, head.map(() => '---'), ...body].map(row)
  return [...lines, '', ...notes.map((note, index) => `(${index + 1}) ${note}  `)].join('\n').trim()
}

function wordFor(tests: readonly Pick<Played, 'outcome'>[]): string {
  const has = (outcome: Played['outcome']) => tests.some((test) => test.outcome === outcome)
  if (has('failed')) return '**no**'
  if (has('passed')) return has('skipped') ? 'in part' : 'yes'
  return 'skipped'
}
