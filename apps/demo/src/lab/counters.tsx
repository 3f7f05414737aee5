import type { BenchState } from '../bench/bench-state.ts'
import { countGrants } from '../server/grant.ts'

/** The figures of a side. */
export function Counters({ state }: { state: BenchState }) {
  const { grants, refused, rateLimited } = countGrants(state.grants)
  return (
    <dl className="counters">
      <Counter name="Grants" count={grants} />
      <Counter name="Refused" count={refused} isBad />
      <Counter name="429s" count={rateLimited} isBad />
      <Counter name="Tabs signed out" count={state.signedOut} isBad />
    </dl>
  )
}

function Counter({ name, count, isBad = false }: { name: string; count: number; isBad?: boolean }) {
  return (
    <div className="counter" data-alarm={(isBad && count > 0) || undefined}>
      <dt className="counter-name">{name}</dt>
      <dd className="counter-count">{count}</dd>
    </div>
  )
}
