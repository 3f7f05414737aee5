import { type SpawnOptions, spawnSync } from 'node:child_process'

/** One command of an installation. */
export type Step = { readonly command: string; readonly args: readonly string[]; readonly timeoutMs: number }

/** Whether every step ended well. Prints what it does: an installation takes a while. */
export function carryOut(plan: readonly Step[]): boolean {
  return plan.every(({ command, args, timeoutMs }) => {
    console.log(`$ ${[command, ...args].join(' ')}`)
    return succeeds(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: timeoutMs })
  })
}

export function succeeds(command: string, args: readonly string[], options: SpawnOptions): boolean {
  return spawnSync(command, args, options).status === 0
}
