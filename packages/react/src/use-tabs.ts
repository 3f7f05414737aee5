import type { Tab } from '@solotab/core/tabs'
import { useSyncExternalStore } from 'react'
import { useStore } from './context.ts'
import { tabsOf } from './running.ts'

const none: readonly Tab[] = []

/** Returns this app's open tabs, with role and visibility, and renders when one of them changes. */
export const useTabs = (): readonly Tab[] => {
  const tabs = tabsOf(useStore().coordinator)
  return useSyncExternalStore(tabs.subscribe, tabs.getSnapshot, () => none)
}
