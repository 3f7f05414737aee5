import { defineConfig } from '@playwright/test'
import { ENGINES, type EngineName } from './engines.ts'

const names = Object.keys(ENGINES) as EngineName[]

/** The end-to-end scenarios in each engine. Playwright runs them all, and drives one of them. */
export default defineConfig<object, { engineName: EngineName }>({
  testDir: 'scenarios',
  testMatch: '**/*.spec.ts',
  globalSetup: './global-setup.ts',
  outputDir: '../.cache/engines',
  reporter: [['list'], ['json', { outputFile: '../.cache/engines.json' }], ['./table-reporter.ts']],
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  workers: 2, // no scenario depends on how fast another lets it run
  timeout: 60 * 1000, // 1 minute
  globalTimeout: 15 * 60 * 1000, // 15 minutes
  projects: names.map((engineName) => ({
    name: ENGINES[engineName].title,
    use: { engineName },
    // The older client asks of an engine what the newer one does, so one engine is enough for it.
    ...(engineName === 'chromium' ? {} : { grepInvert: /@older-client/ }),
  })),
})
