import type { Page } from '@playwright/test'
import {
  buildServerRendering,
  REACT_VERSIONS,
  type ReactVersion,
  type RenderToString,
} from '../src/react-app.ts'
import { BUILDING, test as base, expect, forEachVersion, shows } from '../src/react-world.ts'
import { signIn } from '../src/tabs.ts'
import { ADA, type World } from '../src/world.ts'

interface Rendered {
  readonly origin: string
  readonly renderToString: RenderToString
}

const test = base.extend<{ rendered: Rendered }, { renderings: Record<ReactVersion, RenderToString> }>({
  renderings: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => use(await forEachVersion(buildServerRendering)),
    BUILDING,
  ],
  rendered: async ({ reactApp, renderings, reactVersion }, use) =>
    use({ origin: reactApp.origin, renderToString: renderings[reactVersion] }),
})

/** Opens a tab whose HTML a server has rendered, with this session. */
async function openRendered(
  world: World,
  app: Rendered,
  session: object | null | undefined,
  more = '',
): Promise<Page> {
  const tab = await world.context.newPage()
  const html = app.renderToString(world.server.url, session)
  const told = session === undefined ? '{}' : JSON.stringify({ session })
  await tab.route(`${app.origin}/?*`, async (route) => {
    const response = await route.fetch()
    const body = (await response.text())
      .replace('<!--app-->', () => html)
      .replace('<head>', () => `<head><script>rendered = ${told}</script>`)
    await route.fulfill({ response, body })
  })
  await tab.goto(`${world.address()}${more}`)
  return tab
}

for (const reactVersion of REACT_VERSIONS) {
  test.describe(`React ${reactVersion}, rendered on a server`, () => {
    test.use({ reactVersion })

    test('without a session: hydrates without a word, and is signed out', async ({
      world,
      rendered,
      complaints,
    }) => {
      const tab = await openRendered(world, rendered, undefined)
      await shows([tab], 'whole', 'signed-out no-session')
      expect(await tab.evaluate(() => ui.shown)).toEqual(['loading', 'signed-out no-session'])
      expect(complaints).toEqual([])
    })

    test('without a session, hydrated when it is known here: says nothing, and is signed in', async ({
      world,
      rendered,
      complaints,
    }) => {
      await signIn(await world.open(), ADA)
      const tab = await openRendered(world, rendered, undefined, '&late=1')
      await shows([tab], 'guarded', 'members only')
      expect(await tab.evaluate(() => ui.shown)).toEqual(['loading', `signed-in ${ADA.email} fine`])
      expect(complaints).toEqual([])
    })

    test('with the session: is never anything but signed in, and there is no event', async ({
      world,
      rendered,
      complaints,
    }) => {
      const first = await world.open()
      await signIn(first, ADA)
      const session = await first.evaluate(async () => {
        const { session } = (await app.supabase.auth.getSession()).data
        if (!session) throw new Error('Not signed in.')
        const { refresh_token, ...rest } = session
        return rest
      })
      const tab = await openRendered(world, rendered, session)
      await shows([tab], 'guarded', 'members only')
      await tab.evaluate(() => app.coordinator?.refresh())
      await expect.poll(() => tab.evaluate(() => ui.events)).toEqual([{ type: 'rotated', reason: null }])
      expect(await tab.evaluate(() => ui.shown)).toEqual([`signed-in ${ADA.email} fine`])
      expect(complaints).toEqual([])
    })

    test('with a session that has ended since: the stored one is the truth', async ({
      world,
      rendered,
      complaints,
    }) => {
      const user = { id: 'ada', email: ADA.email }
      const tab = await openRendered(world, rendered, { access_token: 'x', expires_in: 60, user })
      await shows([tab], 'whole', 'signed-out no-session')
      expect(await tab.evaluate(() => ui.shown)).toEqual([
        `signed-in ${ADA.email} fine`,
        'signed-out no-session',
      ])
      expect(complaints).toEqual([])
    })
  })
}
