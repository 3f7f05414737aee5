import { browserTabPorts } from '../adapters/tabs.ts'
import { createTabListWith, type TabList, type TabListCoordinator } from './tab-list.ts'

/**
 * Creates the live list of the tabs that run a coordinator of this name, each with its role and visibility. Nothing
 * happens before `start()`. With Web Locks a tab that crashes is gone from the list at once; without them, as on plain
 * http, when somebody next subscribes, or comes back to a tab that has a subscriber. A frozen tab stays in the list.
 */
export const createTabList = (coordinator: TabListCoordinator): TabList =>
  createTabListWith(browserTabPorts(coordinator.name), coordinator)
