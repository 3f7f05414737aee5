import type { BrowserContext } from '@playwright/test'

declare global {
  var clockShiftMs: number | undefined
}

/** Puts the clock of all pages, those of later too, ahead of the real one. Timers and the event loop stay real. */
export async function shiftClock(context: BrowserContext, shiftMs: number): Promise<void> {
  await context.addInitScript(installClock, shiftMs)
  await Promise.all(context.pages().map((page) => page.evaluate(installClock, shiftMs)))
}

/** Runs in a page, before its scripts if it is to hold for them. */
export function installClock(shiftMs: number): void {
  const isInstalled = globalThis.clockShiftMs !== undefined
  globalThis.clockShiftMs = shiftMs
  if (isInstalled) return
  const RealDate = Date
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [globalThis.Date.now()] : args, newTarget),
    get: (target, member, receiver) =>
      member === 'now'
        ? () => RealDate.now() + (globalThis.clockShiftMs ?? 0)
        : Reflect.get(target, member, receiver),
  })
}
