/** Puts a page's clock ahead: `Date` is then what it would be after a sleep, while timers have not run. */
export interface Clock {
  /** Milliseconds, >= 0. */
  aheadMs: number
}

/** Replaces `Date` in `target`. */
export function moveClock(clock: Clock, target: { Date: DateConstructor }): void {
  const RealDate = target.Date
  const now = () => RealDate.now() + clock.aheadMs
  target.Date = new Proxy(RealDate, {
    get: (date, name, receiver) => (name === 'now' ? now : Reflect.get(date, name, receiver)),
    construct: (date, args, newTarget) =>
      Reflect.construct(date, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
  })
}
