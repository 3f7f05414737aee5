import { type ReactNode, useEffect } from 'react'

interface WatchProps {
  readonly use: () => unknown
  readonly onCommit: (value: unknown) => void
}

const Watch = ({ use, onCommit }: WatchProps): ReactNode => {
  const value = use()
  useEffect(() => onCommit(value))
  return null
}

/** An element that uses a hook, and what React has committed of it so far. */
export const watcher = <T,>(use: () => T): { readonly commits: T[]; readonly element: ReactNode } => {
  const commits: T[] = []
  const onCommit = (value: unknown) => {
    // StrictMode runs the first effect twice.
    if (commits.length !== 1 || commits[0] !== value) commits.push(value as T)
  }
  return { commits, element: <Watch use={use} onCommit={onCommit} /> }
}
