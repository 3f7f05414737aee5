import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium } from '@playwright/test'
import { launchArgs } from './browser/launch-args.ts'

export interface ChromiumByHand {
  readonly context: BrowserContext
  close(): Promise<void>
}

/**
 * A Chromium that is as users have it: tabs in the background are hidden and can be frozen, and there is a
 * back-forward cache. Where Playwright starts the browser, all pages are visible and that cache is off.
 */
export async function startChromiumByHand(executablePath: string): Promise<ChromiumByHand> {
  const profile = await mkdtemp(join(tmpdir(), 'solotab-e2e-'))
  const isRoot = process.getuid?.() === 0
  const args = [
    ...launchArgs(isRoot),
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-default-browser-check',
    '--password-store=basic',
    'about:blank',
  ]
  const child = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  const end = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child), { noDefaults: true })
    const [context] = browser.contexts()
    if (!context) throw new Error('Chromium has no context.')
    return {
      context,
      async close() {
        await browser.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('Chromium has no output.')
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
    if (address) {
      child.stderr.resume()
      return address
    }
  }
  throw new Error('Chromium ended before it listened.')
}
