// `npm run demo` and `npm test`: for a machine that has Node 20 or later and npm, and nothing else yet.
// So this file uses no dependency and no syntax that Node 20 lacks; what it starts runs on the pinned Node.
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const minimumNodeMajor = 20
const pnpm = ['--yes', 'pnpm@12.21.0'] // npx also puts it on the PATH of all that it starts
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** @type {Record<string, string[]>} */
const commands = {
  demo: ['--filter', '@solotab/demo', 'start'],
  test: ['exec', 'node', '.ci/checks/main.ts'],
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
function runPnpm(args) {
  const windows = process.platform === 'win32'
  const child = spawn('npx', [...pnpm, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: windows, // npx is a .cmd file there
    detached: !windows, // a group of its own, to be stopped as one: the shells that npm starts pass no signal on
  })
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    if (child.exitCode !== null || !child.pid) return
    try {
      process.kill(windows ? child.pid : -child.pid, signal)
    } catch {
      // It ended in between.
    }
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop)
  // npm that is told to end takes only the shell between it and this process along: then nobody waits any more.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop('SIGTERM'), 500).unref()
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

const [name = '', ...rest] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error(`Usage: node .ci/launch.mjs <${Object.keys(commands).join('|')}>`)
  process.exit(2)
}
if (Number.parseInt(process.versions.node, 10) < minimumNodeMajor) {
  console.error(`Solotab needs Node ${minimumNodeMajor} or later; this is Node ${process.versions.node}.`)
  process.exit(1)
}

const installed = await runPnpm(['install', '--frozen-lockfile'])
if (installed !== 0) {
  console.error('\nThe installation failed: see the lines above.')
  process.exit(installed)
}
process.exitCode = await runPnpm([...command, ...rest])
