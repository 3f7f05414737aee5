import type { Coordinator } from '@solotab/core'
import { createInspector, type Inspector, type LockSummary, type RecordSummary } from '@solotab/core/inspect'
import { useEffect, useMemo, useState } from 'react'

/** What is stored, and who holds the locks, as they were at the last change. */
interface Seen {
  /** Null if it cannot be read. */
  readonly record: RecordSummary | null
  /** Null without Web Locks. */
  readonly locks: readonly LockSummary[] | null
}

/**
 * Looks into the store and the list of locks whenever one of `reasons` changes. There is no telling of a change of
 * either that shows in none of them.
 */
export const useInspection = (
  coordinator: Coordinator,
  reasons: readonly unknown[],
): { readonly inspector: Inspector; readonly seen: Seen | null } => {
  const inspector = useMemo(() => createInspector(coordinator), [coordinator])
  const [seen, setSeen] = useState<Seen | null>(null)
  useEffect(() => {
    let isCurrent = true
    const look = async () => {
      const [record, locks] = await Promise.all([inspector.readRecord(), inspector.readLocks()])
      if (isCurrent) setSeen({ record, locks })
    }
    look().catch(() => {})
    return () => {
      isCurrent = false
    }
  }, [inspector, ...reasons])
  return { inspector, seen }
}
