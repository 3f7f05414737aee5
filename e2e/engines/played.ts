import { fileURLToPath } from 'node:url'

/** What came of each test of the last run. */
export const PLAYED = fileURLToPath(new URL('../.cache/engines-played.json', import.meta.url))
