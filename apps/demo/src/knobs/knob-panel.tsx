import type { Lab } from '../lab/lab.ts'
import { useLab } from '../lab/use-lab.ts'
import { tabsOf } from '../scenarios/scenario.ts'
import type { Knobs } from './knobs.ts'

const TABS: readonly number[] = [2, 3, 4, 6, 8, 10, 12]

/** For each knob its values, with their words. */
const CHOICES: {
  readonly [Name in keyof Knobs]: {
    readonly label: string
    readonly values: readonly (readonly [Knobs[Name], string])[]
  }
} = {
  reuseIntervalSeconds: {
    label: 'Reuse interval',
    values: [
      [0, 'none'],
      [10, '10 s'],
      [60, '1 min'],
    ],
  },
  algorithm: {
    label: 'Refresh tokens',
    values: [
      ['v1', 'v1: a table'],
      ['v2', 'v2: counters'],
    ],
  },
  accessTokenSeconds: {
    label: 'Access token lives',
    values: [
      [5 * 60, '5 min'],
      [60 * 60, '1 hour'],
      [24 * 60 * 60, '1 day'],
    ],
  },
  latencyMs: {
    label: 'Latency',
    values: [
      [20, '20 ms'],
      [120, '120 ms'],
      [600, '600 ms'],
    ],
  },
}

/** What can be set, for both sides alike. A change begins anew. */
export function KnobPanel({ lab }: { lab: Lab }) {
  const { tabs, knobs, scenario } = useLab(lab)
  const hasOwnTabs = scenario.tabs !== null && !lab.isHosted
  const knob = <Name extends keyof Knobs>(name: Name) => {
    const { label, values } = CHOICES[name]
    return (
      <Select
        label={label}
        words={values.map(([, words]) => words)}
        chosen={values.findIndex(([value]) => value === knobs[name])}
        isDisabled={lab.isHosted}
        onChoose={(index) => {
          const choice = values[index]
          if (choice) lab.setKnobs({ [name]: choice[0] } as Partial<Knobs>).catch(reportError)
        }}
      />
    )
  }
  return (
    <section className="knobs" aria-labelledby="knobs-title">
      <h2 className="section-title" id="knobs-title">
        Settings, for both sides
      </h2>
      <div className="knob-list">
        <Select
          label="Tabs per side"
          words={TABS.map(String)}
          chosen={TABS.indexOf(tabs)}
          isDisabled={false}
          describedBy={hasOwnTabs ? 'tabs-note' : undefined}
          onChoose={(index) => lab.setTabs(TABS[index] ?? tabs).catch(reportError)}
        />
        {knob('reuseIntervalSeconds')}
        {knob('algorithm')}
        {knob('accessTokenSeconds')}
        {knob('latencyMs')}
      </div>
      {hasOwnTabs && (
        <p className="knob-note soft" id="tabs-note">
          “{scenario.title}” runs with {tabsOf(scenario, tabs)} tabs per side, whatever is set.
        </p>
      )}
      {lab.isHosted && (
        <p className="knob-note soft">The settings of a real project are not to be changed from here.</p>
      )}
    </section>
  )
}

interface SelectProps {
  readonly label: string
  readonly words: readonly string[]
  readonly chosen: number
  readonly isDisabled: boolean
  readonly describedBy?: string | undefined
  readonly onChoose: (index: number) => void
}

function Select({ label, words, chosen, isDisabled, describedBy, onChoose }: SelectProps) {
  return (
    <label className="field">
      {label}
      <select
        className="input"
        value={chosen}
        disabled={isDisabled}
        aria-describedby={describedBy}
        onChange={(event) => onChoose(Number(event.target.value))}
      >
        {words.map((word, index) => (
          <option key={word} value={index}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}
