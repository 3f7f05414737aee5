import type { LockSummary } from '@solotab/core/inspect'
import type { ReactElement } from 'react'
import { Section } from './section.tsx'
import { lockRows, lockText, shortId } from './text.ts'

const namesOf = (tabs: readonly (string | null)[]): string =>
  tabs.map((tab) => (tab ? shortId(tab) : 'unknown')).join(', ') || '–'

/** Who holds the Web Locks, and who waits for them. */
export const LocksSection = ({ locks }: { readonly locks: readonly LockSummary[] | null }): ReactElement => (
  <Section title="Locks" note={locks?.filter(({ state }) => state === 'held').length}>
    {locks ? (
      <table>
        <thead>
          <tr>
            <th scope="col">lock</th>
            <th scope="col">held by</th>
            <th scope="col">waiting</th>
          </tr>
        </thead>
        <tbody>
          {lockRows(locks).map(({ name, holders, waiting }) => (
            <tr key={name}>
              <td>{lockText(name)}</td>
              <td>{namesOf(holders)}</td>
              <td>{namesOf(waiting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    ) : (
      <p>There are no Web Locks here, as on plain http.</p>
    )}
  </Section>
)
