import { buildPages } from '../src/build-pages.ts'
import { BUILT } from './built.ts'

/** Runs once, before the first scenario: builds the pages of `e2e/app`, apart from those of other tests that may be running. */
export default async function globalSetup(): Promise<void> {
  await buildPages(BUILT)
}
