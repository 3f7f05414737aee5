import type { Gate } from './gate.ts'

type Handler = ((this: unknown, event: Event) => unknown) | null

/**
 * Lets a page's `on...` handler of a class of event targets run only while the page is not frozen: libraries set it
 * for message ports and for requests to IndexedDB.
 */
export function holdHandler(
  gate: Gate,
  prototype: object,
  property: `on${string}`,
  isHeld: (target: unknown) => boolean = () => true,
): void {
  const real = Object.getOwnPropertyDescriptor(prototype, property)
  const { get, set } = real ?? {}
  if (!get || !set) return
  const given = new WeakMap<object, Handler>()
  Object.defineProperty(prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: object) {
      return given.get(this) ?? get.call(this)
    },
    set(this: object, handler: Handler) {
      given.set(this, handler)
      const held = (event: Event) => {
        const run = () => void handler?.call(this, event)
        if (isHeld(this)) gate.pass(run)
        else run()
      }
      set.call(this, handler && held)
    },
  })
}
