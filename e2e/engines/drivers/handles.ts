import type { EngineTab } from '../engine.ts'

/** The open tabs of a browser, with what the driver has for each. */
export class Handles<Handle> {
  readonly #handles = new Map<EngineTab, Handle>()

  add(tab: EngineTab, handle: Handle): EngineTab {
    this.#handles.set(tab, handle)
    return tab
  }

  delete(tab: EngineTab): void {
    this.#handles.delete(tab)
  }

  of(tab: EngineTab): Handle {
    const handle = this.#handles.get(tab)
    if (handle === undefined) throw new Error('No open tab of this browser.')
    return handle
  }

  readonly tabs = (): EngineTab[] => [...this.#handles.keys()]
}
