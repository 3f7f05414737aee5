// `pnpm --filter @solotab/e2e browser`: names the Chromium that the tests use, and installs one where there is none.
import { ensureChromium } from './ensure-chromium.ts'

const { executablePath, source } = ensureChromium()
console.log(`${executablePath} (${source})`)
