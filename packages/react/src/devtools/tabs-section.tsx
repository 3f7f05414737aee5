import type { Tab } from '@solotab/core/tabs'
import type { ReactElement } from 'react'
import { Section } from './section.tsx'
import { shortId } from './text.ts'

/** Who is here. */
export const TabsSection = ({ tabs }: { readonly tabs: readonly Tab[] }): ReactElement => (
  <Section title="Tabs" note={tabs.length}>
    <ul className="tabs">
      {tabs.map(({ id, role, visible, self }) => (
        <li key={id}>
          <code>{shortId(id)}</code>
          {self && <span className="self">this tab</span>}
          <span className={`badge ${role}`}>{role}</span>
          <span className={visible ? 'badge visible' : 'badge'}>{visible ? 'visible' : 'hidden'}</span>
        </li>
      ))}
    </ul>
  </Section>
)
