import type { BrowserContext, Page } from '@playwright/test'
import { BUILDING, shows } from '../src/react-world.ts'
import { shiftClock } from '../src/shift-clock.ts'
import { startSnippetApp } from '../src/snippet-app.ts'
import { signIn } from '../src/tabs.ts'
import { ADA, test as base, expect, World } from '../src/world.ts'

/** Pages that run the code of the documentation. */
const test = base.extend<object, { snippetApp: { readonly origin: string } }>({
  snippetApp: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const server = await startSnippetApp()
      await use({ origin: `http://127.0.0.1:${server.port}` })
      await server.close()
    },
    BUILDING,
  ],
  world: async ({ server, snippetApp, context, clock }, use) => {
    await shiftClock(context, 0)
    await use(new World(server, snippetApp.origin, context, clock))
  },
})

const FRAMEWORKS = ['plain', 'vue', 'svelte']
const LIBRARIES = ['tanstack', 'swr']

/** Answers for `/api/notes`; returns what it was asked with, and how to have the next requests refused. */
async function serveNotes(context: BrowserContext) {
  const asked: (string | undefined)[] = []
  let refused = new Set<string | undefined>()
  await context.route('**/api/notes', async (route) => {
    const { authorization } = route.request().headers()
    asked.push(authorization)
    if (!authorization || refused.has(authorization)) await route.fulfill({ status: 401 })
    else await route.fulfill({ json: ['one', 'two'] })
  })
  return {
    asked,
    refuseWhatWasUsed() {
      refused = new Set(asked)
    },
  }
}

const opened = async (world: World): Promise<[Page, Page]> => {
  const [one, other] = await world.openMany(2)
  if (!one || !other) throw new Error('No tabs.')
  return [one, other]
}

test('plain JavaScript, Vue and Svelte show a sign-in, a rotation and a sign-out in every tab', async ({
  world,
}) => {
  await serveNotes(world.context)
  const tabs = await opened(world)
  for (const id of FRAMEWORKS) await shows(tabs, id, 'signed-out, generation 0')
  await signIn(tabs[0], ADA)
  for (const id of FRAMEWORKS) await shows(tabs, id, `${ADA.email}, generation 1`)
  await tabs[1].evaluate(() => app.coordinator?.refresh())
  for (const id of FRAMEWORKS) await shows(tabs, id, `${ADA.email}, generation 2`)
  await tabs[1].evaluate(() => app.coordinator?.signOut())
  for (const id of FRAMEWORKS) await shows(tabs, id, 'signed-out, generation 3')
})

test('TanStack Query and SWR: the token is sent, a rotation fetches nothing again, a sign-out elsewhere clears', async ({
  world,
}) => {
  const { asked } = await serveNotes(world.context)
  const [one, other] = await opened(world)
  await signIn(one, ADA)
  for (const id of LIBRARIES) await shows([one, other], id, 'one, two')
  expect(asked).toHaveLength(4)
  expect(asked.every((authorization) => authorization?.startsWith('Bearer '))).toBe(true)
  await one.evaluate(() => app.coordinator?.refresh())
  await shows([one, other], 'plain', `${ADA.email}, generation 2`)
  expect(asked).toHaveLength(4)
  await other.evaluate(() => app.coordinator?.signOut())
  for (const id of LIBRARIES) await shows([one, other], id, 'none')
  // The query that is mounted is there again, for nobody and without data.
  expect(await one.evaluate(() => cachedQueries())).toBeLessThanOrEqual(1)
})

test('TanStack Query and SWR: what is refused with a 401 is one rotation, and is there', async ({
  world,
}) => {
  const { refuseWhatWasUsed } = await serveNotes(world.context)
  const tab = await world.open()
  await signIn(tab, ADA)
  for (const id of LIBRARIES) await shows([tab], id, 'one, two')
  refuseWhatWasUsed()
  await tab.reload()
  for (const id of LIBRARIES) await shows([tab], id, 'one, two')
  expect(world.refreshes()).toMatchObject([{ outcome: 'rotated' }])
})
