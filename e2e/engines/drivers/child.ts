import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Child {
  readonly process: ChildProcess
  readonly ended: Promise<unknown>
  /** Kills the process with all that it has started, and waits for its end. */
  end(): Promise<void>
}

/** Starts a program that ends with this process, however this one ends but by SIGKILL. */
export function spawnChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true, // a process group of its own, so that what it starts can be killed with it
  })
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')])
  ended.catch(() => {})
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {} // it has just ended
  }
  process.once('exit', kill)
  return {
    process: child,
    ended,
    async end() {
      process.off('exit', kill)
      kill()
      await ended
    },
  }
}
