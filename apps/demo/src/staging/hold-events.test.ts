import { expect, test } from 'vitest'
import { Gate } from './gate.ts'
import { holdHandler } from './hold-events.ts'

class Port {
  #handler: ((event: Event) => void) | null = null
  get onmessage() {
    return this.#handler
  }
  set onmessage(handler) {
    this.#handler = handler
  }
  deliver() {
    this.#handler?.(new Event('message'))
  }
}

test('a frozen page runs a handler when it thaws, on its own target', () => {
  const gate = new Gate()
  holdHandler(gate, Port.prototype, 'onmessage')
  const port = new Port()
  const seen: unknown[] = []
  const handler = function (this: unknown) {
    seen.push(this)
  }
  port.onmessage = handler
  expect(port.onmessage).toBe(handler)
  gate.freeze()
  port.deliver()
  expect(seen).toEqual([])
  gate.thaw()
  expect(seen).toEqual([port])
  port.onmessage = null
  port.deliver()
  expect(seen).toHaveLength(1)
})

test('what is not to be held runs at once', () => {
  const gate = new Gate()
  class Request extends EventTarget {
    #handler: ((event: Event) => void) | null = null
    get onsuccess() {
      return this.#handler
    }
    set onsuccess(handler) {
      this.#handler = handler
    }
    succeed() {
      this.#handler?.(new Event('success'))
    }
  }
  holdHandler(gate, Request.prototype, 'onsuccess', () => false)
  const request = new Request()
  let ran = 0
  request.onsuccess = () => {
    ran += 1
  }
  gate.freeze()
  request.succeed()
  expect(ran).toBe(1)
})
