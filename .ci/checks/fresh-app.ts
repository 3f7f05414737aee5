import { ensureChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import { tryFreshApp } from '../../e2e/src/fresh-app/try-fresh-app.ts'
import type { Check } from './check.ts'
import { packAll } from './packages.ts'
import { oneFailed } from './tally.ts'

/** Goes the five minutes of packages/react/README.md, from an empty directory, with what would be published. */
export const freshApp: Check = {
  name: 'fresh-app',
  title: 'Fresh Vite app from the README',
  run: async () => {
    const { executablePath } = ensureChromium()
    const tarballs = await packAll()
    if (!tarballs) return oneFailed
    return { ...(await tryFreshApp(tarballs, executablePath)), skipped: 0 }
  },
}
