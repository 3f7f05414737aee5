import { defineConfig, devices } from '@playwright/test'
import { noChromium } from './src/browser/ensure-chromium.ts'
import { findChromium } from './src/browser/find-chromium.ts'
import { launchArgs } from './src/browser/launch-args.ts'
import { machineProbes } from './src/browser/probes.ts'

// Found, never installed here: every worker reads this file. `npm test` installs one before.
const probes = machineProbes()
const found = findChromium(probes)
if (!found) throw new Error(noChromium)
process.env.SOLOTAB_CHROMIUM = found.executablePath // the workers need not search again

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.ts',
  globalSetup: './src/global-setup.ts',
  outputDir: '.cache/results',
  reporter: [['list'], ['json', { outputFile: '.cache/results.json' }]],
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  workers: 2, // no test depends on how fast another lets it run
  timeout: 60 * 1000, // 1 minute
  globalTimeout: 45 * 60 * 1000, // 45 minutes
  use: { headless: true, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: { executablePath: found.executablePath, args: launchArgs(probes.isRoot) },
      },
    },
  ],
})
