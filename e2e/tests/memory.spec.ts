import { countHeap } from '../memory/heap-census.ts'
import { startAppServer } from '../src/app-server.ts'
import { buildPage } from '../src/build-page.ts'
import { ADA, expect, test } from '../src/world.ts'

// Short, for many rotations. A trace would keep every request.
test.use({ serverOptions: { accessTokenSeconds: 45 }, trace: 'off' })

test('24 hours of one tab: after thousands of rotations its scripts hold on to no more than before', async ({
  page,
  context,
  server,
}, testInfo) => {
  test.setTimeout(5 * 60 * 1000)
  const built = await buildPage('memory')
  const appServer = await startAppServer(built.path)
  const user = server.state.store.findUserByEmail(ADA.email)
  server.state.store.addNote(user?.id ?? '', 'what the user can see', Date.now())
  await page.goto(`http://127.0.0.1:${appServer.port}/?server=${encodeURIComponent(server.url)}`)
  expect(await page.evaluate((given) => day.signIn(given), ADA)).toBeNull()
  const cdp = await context.newCDPSession(page)

  // Until then everything has been needed once: code, caches, buffers.
  const morning = await page.evaluate(() => day.pass(8))
  const before = await countHeap(cdp)
  const rest = await page.evaluate(() => day.pass(16))
  const after = await countHeap(cdp)
  await appServer.close()
  await built.remove()

  const objects = after.objects - before.objects
  const bytes = after.bytes - before.bytes
  const figure = `${morning.rotations} rotations, then ${rest.rotations}: ${objects} objects and ${bytes} bytes more`
  console.log(figure)
  testInfo.annotations.push({ type: 'figure', description: figure })
  expect(morning.rotations + rest.rotations).toBeGreaterThan(2000)
  expect(rest.answers).toBe(16 * 6)
  // Anything that each rotation leaves behind is one object at least.
  expect(objects).toBeLessThan(rest.rotations / 10)
  expect(bytes).toBeLessThan(rest.rotations * 10)
})
