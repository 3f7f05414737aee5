export { createTabList } from './create-tab-list.ts'
export type { Tab } from './tab.ts'
export type { TabList, TabListCoordinator } from './tab-list.ts'
