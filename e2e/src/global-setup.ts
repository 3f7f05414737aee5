import { buildPages } from './build-pages.ts'

/** Runs once, before the first test: builds the pages that the tests serve themselves. */
export default async function globalSetup(): Promise<void> {
  await buildPages()
}
