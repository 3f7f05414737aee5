import { browserInspectPorts } from '../adapters/inspect.ts'
import { createInspectorWith, type Inspector } from './inspector.ts'

/** Creates an inspector of the coordinator, in all tabs, that has this name. Holds nothing, so it needs no closing. */
export const createInspector = (coordinator: { readonly name: string }): Inspector =>
  createInspectorWith(browserInspectPorts(coordinator.name), coordinator.name)
