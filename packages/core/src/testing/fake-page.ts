import type { Page, PageFact } from '../ports.ts'

export interface FakePage extends Page {
  visible: boolean
  tell(fact: PageFact): void
  listeners(): number
}

export const createFakePage = (visible: boolean): FakePage => {
  const listeners = new Set<(fact: PageFact) => void>()
  const page: FakePage = {
    visible,
    names: new Set(),
    isVisible: () => page.visible,
    subscribe(listener) {
      const entry = (fact: PageFact) => listener(fact)
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    tell(fact) {
      for (const listener of [...listeners]) listener(fact)
    },
    listeners: () => listeners.size,
  }
  return page
}
