// `pnpm start`: the demo, until Ctrl+C. `--no-open` opens no browser; `PORT` is the first port to try.
import open from 'open'
import { startDemo } from './start-demo.ts'

const port = Number(process.env.PORT || 5173)
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error('PORT must be a number from 0 to 65535.')
  process.exit(2)
}

console.log('Starting the Solotab demo ...')
const demo = await startDemo({ port })

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await demo.close()
    process.exit(0)
  })
}

console.log(`
  The demo runs at  ${demo.url}
  ${demo.project ? `It uses the project at ${demo.project}` : 'Nobody need sign in: press the big button.'}
  Ctrl+C stops it.
`)

if (hasBrowser()) {
  // The address is printed, so it does not matter if there is no browser after all.
  const browser = await open(demo.url).catch(() => null)
  browser?.once('error', () => {})
}

function hasBrowser(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.argv.includes('--no-open') || (CI && CI !== 'false')) return false
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}
