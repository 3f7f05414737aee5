import { spawn } from 'node:child_process'
import { dirname } from 'node:path'

export const root = dirname(dirname(import.meta.dirname))

/** Runs a command from the root of the repository, on this terminal, and resolves with its exit code. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32', // what node_modules/.bin holds there are .cmd files
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}
