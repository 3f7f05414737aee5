import type { GrantEntry } from '@solotab/auth-server'
import type { EngineTab } from './engine.ts'
import type { Scene } from './scene.ts'

/** One page load: a reload makes a new one of the same tab. */
export interface Load {
  readonly tab: EngineTab
  readonly name: string
}

/** Tabs that are opened, closed and reloaded; each page load has a name, which the server's list of grants shows. */
export class Crowd {
  readonly #scene: Scene
  #loads: Load[] = []
  #count = 0
  /** The names of page loads that are over. */
  readonly over = new Set<string>()

  constructor(scene: Scene) {
    this.#scene = scene
    scene.prelude.add(noteRotations)
  }

  get loads(): readonly Load[] {
    return this.#loads
  }

  get tabs(): readonly EngineTab[] {
    return this.#loads.map(({ tab }) => tab)
  }

  async open(): Promise<void> {
    const [name, address] = this.#next()
    const tab = await this.#scene.browser.open(address)
    this.#loads = [...this.#loads, { tab, name }]
  }

  async close({ tab, name }: Load): Promise<void> {
    this.#end(name)
    await tab.close()
  }

  async reload({ tab, name: before }: Load): Promise<void> {
    this.#end(before)
    const [name, address] = this.#next()
    await tab.goto(address)
    this.#loads = [...this.#loads, { tab, name }]
  }

  /** How many rotations a page load has stored, as it has noted itself. */
  async stored(name: string): Promise<number> {
    const notes = await this.tabs[0]?.evaluate(() => Object.keys(localStorage))
    return notes?.filter((note) => note.startsWith(`stored by ${name}:`)).length ?? 0
  }

  #next(): [name: string, address: string] {
    const name = `load-${++this.#count}`
    return [name, this.#scene.address({}, name)]
  }

  #end(name: string): void {
    this.over.add(name)
    this.#loads = this.#loads.filter((load) => load.name !== name)
  }
}

/** Runs in every page: notes each rotation that it has stored, where the note outlives the page. */
function noteRotations(): void {
  let count = 0
  globalThis.hearDiagnostic = (name, event) => {
    if (event.type !== 'grant-ended' || event.outcome !== 'rotated') return
    count += 1
    localStorage.setItem(`stored by ${name}: ${count}`, '')
  }
}

/** The grants that presented a consumed token, with the grant before: the one that had consumed it. */
export function reuses(grants: readonly GrantEntry[]) {
  return grants.flatMap((grant, index) => {
    if (!grant.reuse) return []
    const earlier = grants.slice(0, index).filter(({ sessionId }) => sessionId === grant.sessionId)
    return [{ grant, before: earlier.findLast(({ outcome }) => outcome === 'rotated') }]
  })
}
