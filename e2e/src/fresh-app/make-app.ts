import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsIn, filesIn } from './readme-files.ts'

const README = fileURLToPath(new URL('../../../packages/react/README.md', import.meta.url))
const PATIENCE_MS = 5 * 60 * 1000 // 5 minutes, for a package registry that is slow

/**
 * Does in `parent` what the README tells: runs its commands, with the tarballs in place of what is not published, and
 * puts its files there, with the address of a server that is. Returns the app's directory.
 */
export async function makeApp(
  parent: string,
  tarballs: readonly string[],
  serverUrl: string,
): Promise<string> {
  const readme = await readFile(README, 'utf8')
  let directory = parent
  for (const [command = '', ...args] of commandsIn(readme)) {
    if (command === 'cd') directory = join(directory, args[0] ?? '')
    else
      await execute(
        directory,
        command,
        args.map((arg) => tarballOf(arg, tarballs) ?? arg),
      )
  }
  const files = filesIn(readme)
  for (const [path, code] of files) {
    if (!path.startsWith('src/')) continue
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), code)
  }
  const environment = files.get('.env.local') ?? ''
  await writeFile(join(directory, '.env.local'), environment.replace(/https:\S+/, serverUrl))
  await execute(directory, 'pnpm', ['run', 'build'])
  return directory
}

/** `@solotab/core` is in `solotab-core-0.1.0.tgz`. */
const tarballOf = (name: string, tarballs: readonly string[]): string | undefined =>
  name.startsWith('@solotab/')
    ? tarballs.find((path) => basename(path).startsWith(`${name.slice(1).replace('/', '-')}-`))
    : undefined

function execute(cwd: string, command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: PATIENCE_MS,
    shell: process.platform === 'win32', // pnpm is a .cmd file there
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${[command, ...args].join(' ')}: exit code ${code}`))
    })
  })
}
