// `pnpm picture`: drives the demo in a real browser, with and without Solotab, and writes `picture.png`.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { noChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import { findChromium } from '../../e2e/src/browser/find-chromium.ts'
import { launchArgs } from '../../e2e/src/browser/launch-args.ts'
import { machineProbes } from '../../e2e/src/browser/probes.ts'
import { startDemo } from './start-demo.ts'

const FILE = join(import.meta.dirname, 'picture.png')
const MAX_BYTES = 300 * 1000
const WIDTH = 520
const SCALE = 1.5 // sharp where a README is shown on a fine screen
const MORE_TABS = 5

const modes = [
  { mode: 'stock', caption: 'supabase-js alone' },
  { mode: 'solotab', caption: 'supabase-js with Solotab' },
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
  const shots = []
  for (const { mode, caption } of modes) shots.push({ caption, png: await shoot(browser, mode) })
  const picture = await compose(browser, shots)
  if (picture.length > MAX_BYTES)
    throw new Error(`The picture has ${picture.length} bytes, over ${MAX_BYTES}.`)
  await writeFile(FILE, picture)
  console.log(`picture.png: ${Math.round(picture.length / 1000)} kB`)
} finally {
  await browser.close()
  await demo.close()
}

/** Signs in, opens more tabs, expires the access token, and takes the first tab as it then is. */
async function shoot(browser: Browser, mode: string): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: 900 },
    deviceScaleFactor: SCALE,
    colorScheme: 'light',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await page.goto(`${demo.url}?mode=${mode}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out, this session' }).waitFor()
  await page.getByRole('button', { name: `Open ${MORE_TABS} more tabs` }).click()
  const tabs = MORE_TABS + 1
  await page.getByText(`${tabs} (${tabs} signed in)`).waitFor()
  await page.getByRole('button', { name: 'Expire now' }).click()
  await page.getByText('for one expiry').waitFor()
  await page.waitForTimeout(2500) // the rest of the herd
  // The figures and the list, and what leads to them; the rest of the page is to be seen in the demo.
  await page.addStyleTag({
    content:
      '.sign, .page > .card:nth-last-child(-n + 2), .nav, #expire-note { display: none } .fact { min-height: 0 }',
  })
  const { height } = (await page.locator('main').boundingBox()) ?? { height: 900 }
  const png = await page.screenshot({
    clip: { x: 0, y: 0, width: WIDTH, height: height + 56 },
    fullPage: true,
  })
  await context.close()
  return png
}

async function compose(
  browser: Browser,
  shots: readonly { caption: string; png: Buffer }[],
): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width: 2 * WIDTH + 60, height: 500 },
    deviceScaleFactor: SCALE,
  })
  const figures = shots.map(
    ({ caption, png }) => `<img alt="${caption}" src="data:image/png;base64,${png.toString('base64')}">`,
  )
  await page.setContent(`<!doctype html>
    <style>
      main { padding: 20px; display: flex; gap: 20px; background: #c9ced8; width: max-content }
      img { width: ${WIDTH}px; border-radius: 10px; display: block }
    </style>
    <main>${figures.join('')}</main>`)
  return page.locator('main').screenshot()
}
