/**
 * What a task is for. A frozen page runs `message` tasks and nothing else; a page that is gone runs none.
 * `timer` tasks are the ones that {@link EventLoop.settle} does not wait for.
 */
type TaskKind = 'timer' | 'task' | 'store' | 'lock' | 'message' | 'network'

/** A page, as far as the loop knows it. */
export interface Owner {
  frozen: boolean
  gone: boolean
}

interface Task {
  readonly kind: TaskKind
  readonly owner: Owner | null
  readonly atMs: number
  readonly run: () => void
}

export interface EventLoop {
  /** Real elapsed time, which no page sees: pages read a wall clock made from it. */
  nowMs(): number
  /** Runs `run` after `delayMs` as a task of `owner`; null: of the world. Returns a function that cancels. */
  add(kind: TaskKind, owner: Owner | null, delayMs: number, run: () => void): () => void
  /** Runs all that is due within `ms`, with all that follows from it. */
  advance(ms: number): Promise<void>
  /** Runs until only timers are left. The clock moves with the tasks. */
  settle(): Promise<void>
  /** Runs until `done`, timers included, or until nothing is left. */
  runUntil(done: () => boolean): Promise<void>
  countOf(owner: Owner, kind: TaskKind): number
  drop(owner: Owner): void
  /** Nothing runs any more: what had to be seen was seen. */
  halt(): void
}

declare const setImmediate: (callback: () => void) => void
declare const process: { nextTick(callback: () => void): void }

/** More tasks in a minute than any test needs; a product that loops without end reaches it. */
const MAX_STEPS = 200_000
const MINUTE_MS = 60 * 1000

/**
 * One loop for all pages: tasks run one at a time, in order of their time, and all microtasks of a task run
 * before the next. Nothing in it depends on real time, so that a seed replays a run.
 *
 * @param shuffle Chooses among tasks that are due together; in order of their making by default.
 */
export const createEventLoop = (startMs: number, shuffle: (() => number) | null): EventLoop => {
  let nowMs = startMs
  let tasks: Task[] = []

  const canRun = ({ owner, kind }: Task): boolean => !owner?.frozen || kind === 'message'

  /** Of those due together any may come first, but the messages to one page keep their order. */
  const pick = (first: Task): Task => {
    if (!shuffle) return first
    const due = tasks.filter((task) => task.atMs === first.atMs && canRun(task))
    const isBehind = (task: Task, index: number) =>
      task.kind === 'message' &&
      due.slice(0, index).some((other) => other.kind === 'message' && other.owner === task.owner)
    const free = due.filter((task, index) => !isBehind(task, index))
    return free[Math.floor(shuffle() * free.length)] ?? first
  }

  let halted = false

  const takeNext = (limitMs: number, wanted: (task: Task) => boolean): Task | null => {
    const first = tasks.find(canRun)
    if (!first || first.atMs > limitMs || !tasks.some((task) => canRun(task) && wanted(task))) return null
    const task = pick(first)
    tasks.splice(tasks.indexOf(task), 1)
    return task
  }

  // All promise callbacks run before an immediate does, however many there are; and, if one of them asks for it,
  // before the next tick, which costs much less.
  const macrotask = () => new Promise<void>((resolve) => setImmediate(resolve))
  const microtasks = () => new Promise<void>((resolve) => process.nextTick(resolve))

  const run = async (limitMs: number, wanted: (task: Task) => boolean, done: () => boolean) => {
    await macrotask()
    await null
    let steps = 0
    let minuteEndsMs = nowMs
    while (!done() && !halted) {
      const task = takeNext(limitMs, wanted)
      if (!task) return
      nowMs = Math.max(nowMs, task.atMs)
      if (nowMs >= minuteEndsMs) [steps, minuteEndsMs] = [0, nowMs + MINUTE_MS]
      if (++steps > MAX_STEPS) throw new Error('The world does not come to rest.')
      task.run()
      await microtasks()
    }
  }

  const never = () => false
  const any = () => true

  return {
    nowMs: () => nowMs,
    add(kind, owner, delayMs, callback) {
      if (owner?.gone) return () => {}
      const task: Task = { kind, owner, atMs: nowMs + Math.max(0, delayMs), run: callback }
      const index = tasks.findIndex((other) => task.atMs < other.atMs)
      tasks.splice(index < 0 ? tasks.length : index, 0, task)
      return () => {
        tasks = tasks.filter((other) => other !== task)
      }
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      await run(untilMs, any, never)
      nowMs = Math.max(nowMs, untilMs)
    },
    settle: () => run(Number.POSITIVE_INFINITY, (task) => task.kind !== 'timer', never),
    runUntil: (done) => run(Number.POSITIVE_INFINITY, any, done),
    countOf: (owner, kind) => tasks.filter((task) => task.owner === owner && task.kind === kind).length,
    drop(owner) {
      tasks = tasks.filter((task) => task.owner !== owner)
    },
    halt() {
      halted = true
    },
  }
}
