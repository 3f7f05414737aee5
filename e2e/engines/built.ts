import { fileURLToPath } from 'node:url'

/** Where the pages of the scenarios are built. */
export const BUILT = fileURLToPath(new URL('../.cache/engines-app', import.meta.url))
