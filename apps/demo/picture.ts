// `pnpm picture`: runs scenarios in the lab, in a real browser, and writes the pictures that the README shows.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { noChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import { findChromium } from '../../e2e/src/browser/find-chromium.ts'
import { launchArgs } from '../../e2e/src/browser/launch-args.ts'
import { machineProbes } from '../../e2e/src/browser/probes.ts'
import { startDemo } from './start-demo.ts'

const MAX_BYTES = 300 * 1000
const WIDTH = 1180
const MARGIN = 16
const SCALE = 1.5 // sharp where a README is shown on a fine screen
const RUN_MS = 3 * 60 * 1000 // 3 minutes, on a machine that does other things as well

const SCENES = [
  { scenario: 'thirty-tabs-wake', file: 'picture' },
  { scenario: 'stale-tab', file: 'picture-stale-tab' },
]

const probes = machineProbes()
const found = findChromium(probes)
if (!found) throw new Error(noChromium)
const demo = await startDemo({ port: 5273 })
const browser = await chromium.launch({
  executablePath: found.executablePath,
  args: launchArgs(probes.isRoot),
})
try {
  for (const { scenario, file } of SCENES) {
    const { light, dark } = await shoot(browser, scenario)
    await write(`${file}.png`, light)
    await write(`${file}-dark.png`, dark)
  }
} finally {
  await browser.close()
  await demo.close()
}

/** Runs a scenario and takes both sides as they are in the end, in both colour schemes. */
async function shoot(from: Browser, scenario: string): Promise<{ light: Buffer; dark: Buffer }> {
  const page = await from.newPage({
    viewport: { width: WIDTH, height: 1200 },
    deviceScaleFactor: SCALE,
    locale: 'en-GB',
  })
  await page.goto(`${demo.url}?scenario=${scenario}`)
  for (const side of ['stock', 'solotab']) {
    await page.locator(`[data-side="${side}"] .verdict:not([data-tone="none"])`).waitFor({ timeout: RUN_MS })
  }
  const take = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme })
    const box = await page.locator('.sides').boundingBox()
    if (!box) throw new Error('The page shows no sides.')
    return page.screenshot({
      fullPage: true,
      clip: {
        x: box.x - MARGIN,
        y: box.y - MARGIN,
        width: box.width + 2 * MARGIN,
        height: box.height + 2 * MARGIN,
      },
    })
  }
  const pictures = { light: await take('light'), dark: await take('dark') }
  await page.close()
  return pictures
}

async function write(file: string, picture: Buffer): Promise<void> {
  if (picture.length > MAX_BYTES) throw new Error(`${file} has ${picture.length} bytes, over ${MAX_BYTES}.`)
  await writeFile(join(import.meta.dirname, file), picture)
  console.log(`${file}: ${Math.round(picture.length / 1000)} kB`)
}
