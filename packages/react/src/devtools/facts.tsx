import type { ReactElement } from 'react'

/** Names and values. What is null is left out. */
export const Facts = ({
  of,
}: {
  readonly of: Readonly<Record<string, string | number | null>>
}): ReactElement => (
  <dl>
    {Object.entries(of).map(
      ([name, value]) =>
        value !== null && (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
    )}
  </dl>
)
