import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Runs once, before the first test: builds the page of `e2e/app`, which the tests serve themselves. */
export default async function globalSetup(): Promise<void> {
  await build({ configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)) })
}
