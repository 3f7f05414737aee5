import { REACT_VERSIONS } from '../src/react-app.ts'
import { expect, test } from '../src/react-world.ts'
import { poll } from '../src/tabs.ts'

declare global {
  /** What is open in this page, by kind, counted since before its first script. */
  var opened: Record<'listeners' | 'timers' | 'channels', number>
}

/** Runs in the page, before its own scripts: wraps what could be left behind. */
function countWhatIsOpen(): void {
  globalThis.opened = { listeners: 0, timers: 0, channels: 0 }
  const listeners = new Map<EventTarget, Set<unknown>>()
  const { addEventListener, removeEventListener } = EventTarget.prototype
  // Targets that outlive a provider; what hangs on a discarded object goes with it.
  const lasting = (target: unknown) => target === undefined || target === window || target === document
  const forget = (target: EventTarget, key: string) => {
    if (listeners.get(target)?.delete(key)) opened.listeners -= 1
  }
  const ids = new WeakMap<object, number>()
  let made = 0
  const keyOf = (type: string, listener: object | null, options: unknown) => {
    if (listener && !ids.has(listener)) ids.set(listener, ++made)
    const capture =
      typeof options === 'object' ? Boolean((options as { capture?: boolean } | null)?.capture) : options
    return `${type} ${listener ? ids.get(listener) : 0} ${Boolean(capture)}`
  }
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    addEventListener.call(this, type, listener, options)
    const target = this ?? window
    const signal = typeof options === 'object' ? options?.signal : undefined
    if (!lasting(this) || signal?.aborted) return
    const key = keyOf(type, listener, options)
    const known = listeners.get(target) ?? new Set()
    listeners.set(target, known)
    if (!known.has(key)) opened.listeners += 1
    known.add(key)
    signal?.addEventListener('abort', () => forget(target, key))
  }
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    removeEventListener.call(this, type, listener, options)
    if (lasting(this)) forget(this ?? window, keyOf(type, listener, options))
  }

  const timers = new Set<number>()
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window
  const count = () => {
    opened.timers = timers.size
  }
  const ended = (id: unknown) => {
    timers.delete(id as number)
    count()
  }
  window.setTimeout = ((callback: () => void, ms?: number) => {
    const id: number = setTimeout(() => {
      ended(id)
      callback()
    }, ms)
    timers.add(id)
    count()
    return id
  }) as typeof window.setTimeout
  window.setInterval = ((callback: () => void, ms?: number) => {
    const id = setInterval(callback, ms)
    timers.add(id)
    count()
    return id
  }) as typeof window.setInterval
  window.clearTimeout = (id) => {
    clearTimeout(id)
    ended(id)
  }
  window.clearInterval = (id) => {
    clearInterval(id)
    ended(id)
  }

  const Channel = BroadcastChannel
  globalThis.BroadcastChannel = class extends Channel {
    #closed = false
    constructor(name: string) {
      super(name)
      opened.channels += 1
    }
    override close() {
      super.close()
      if (!this.#closed) opened.channels -= 1
      this.#closed = true
    }
  }
}

for (const reactVersion of REACT_VERSIONS) {
  test.describe(`React ${reactVersion}`, () => {
    test.use({ reactVersion })

    test('a provider that is mounted and unmounted 1,000 times leaves no lock, channel, listener or timer', async ({
      context,
      reactApp,
      complaints,
    }) => {
      await context.addInitScript(countWhatIsOpen)
      const page = await context.newPage()
      await page.goto(`${reactApp.origin}/leaks.html`)
      const left = () =>
        page.evaluate(async () => {
          const { held = [], pending = [] } = await navigator.locks.query()
          return { ...opened, locks: [...held, ...pending].map(({ name }) => name) }
        })
      // React itself listens at its container and at the document, from the first root on.
      await page.evaluate(() => mountAndUnmount(1))
      await poll(left).toMatchObject({ timers: 0, channels: 0, locks: [] })
      const before = await left()
      await page.evaluate(() => mountAndUnmount(1000))
      await poll(left).toEqual(before)
      expect(complaints).toEqual([])
    })
  })
}
