import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { REACT_VERSIONS } from '../src/react-app.ts'
import { expect, rendersOf, shows, test, textOf } from '../src/react-world.ts'
import { poll, settled, signIn, together } from '../src/tabs.ts'
import { ADA, type World } from '../src/world.ts'

const SIGNED_IN = `signed-in ${ADA.email} fine`
const MINUTE_MS = 60 * 1000

async function signedIn(world: World, count: number): Promise<[Page, Page, Page[]]> {
  const tabs = await world.openMany(count)
  const [one, other] = [tabs[0], tabs.at(-1)]
  if (!one || !other) throw new Error('No tabs.')
  await shows(tabs, 'whole', 'signed-out no-session')
  await signIn(one, ADA)
  await shows(tabs, 'whole', SIGNED_IN)
  return [one, other, tabs]
}

const eventsOf = (tab: Page) => tab.evaluate(() => ui.events)

for (const reactVersion of REACT_VERSIONS) {
  test.describe(`React ${reactVersion}, StrictMode`, () => {
    test.use({ reactVersion })

    test('a sign-in shows in every tab, and a rotation renders what uses only the user zero times', async ({
      world,
      complaints,
    }) => {
      const [one, other, tabs] = await signedIn(world, 2)
      await shows(tabs, 'user', ADA.email)
      await shows(tabs, 'guarded', 'members only')
      const before = await Promise.all(tabs.map(rendersOf))
      await other.evaluate(() => app.coordinator?.refresh())
      await settled(tabs)
      for (const tab of tabs) await poll(async () => (await eventsOf(tab)).at(-1)?.type).toBe('rotated')
      const after = await Promise.all(tabs.map(rendersOf))
      for (const [index] of tabs.entries()) {
        expect(after[index]?.UserOnly).toBe(before[index]?.UserOnly)
        expect(after[index]?.Guarded).toBe(before[index]?.Guarded)
        // The counting works: what shows the token has rendered.
        expect(after[index]?.Token).toBeGreaterThan(before[index]?.Token ?? 0)
      }
      expect(world.refreshes()).toMatchObject([{ outcome: 'rotated' }])
      expect(await one.evaluate(() => ui.shown)).toEqual(['loading', 'signed-out no-session', SIGNED_IN])
      expect(complaints).toEqual([])
    })

    test('a sign-out in another tab is told with its reason', async ({ world }) => {
      const [one, other, tabs] = await signedIn(world, 2)
      await one.evaluate(() => app.supabase.auth.signOut())
      await shows([one], 'whole', 'signed-out signed-out')
      await shows([other], 'whole', 'signed-out signed-out-elsewhere')
      await shows(tabs, 'guarded', 'sign in')
      for (const [tab, reason] of [
        [one, 'signed-out'],
        [other, 'signed-out-elsewhere'],
      ] as const) {
        expect(await eventsOf(tab)).toEqual([
          { type: 'signed-in', reason: null },
          { type: 'signed-out', reason },
        ])
      }
    })

    test('a session that the server has ended is told with its reason in every tab', async ({ world }) => {
      const [one, , tabs] = await signedIn(world, 2)
      world.fault({ kind: 'status', status: 400, code: 'session_expired' })
      await one.evaluate(() => app.coordinator?.refresh().catch(() => {}))
      await shows(tabs, 'whole', 'signed-out expired')
      for (const tab of tabs) {
        expect((await eventsOf(tab)).at(-1)).toEqual({ type: 'signed-out', reason: 'expired' })
      }
    })

    test('a failing refresh is a state, not a white page', async ({ world, complaints }) => {
      const [one, , tabs] = await signedIn(world, 2)
      // For good: after one failure the next attempt may come at once, and who looks then sees nothing.
      world.fault({ kind: 'status', status: 500, times: 1000 })
      await one.evaluate(() => app.coordinator?.refresh().catch(() => {}))
      await shows(tabs, 'whole', `signed-in ${ADA.email} failing`)
      await shows(tabs, 'guarded', 'members only')
      world.release()
      await world.passTime(2 * MINUTE_MS)
      await one.evaluate(() => app.coordinator?.refresh())
      await shows(tabs, 'whole', SIGNED_IN)
      const types = (await eventsOf(one)).map(({ type }) => type)
      expect(types).toEqual(expect.arrayContaining(['refresh-failed', 'refresh-recovered', 'rotated']))
      expect(complaints.filter((text) => !text.includes('status of 500'))).toEqual([])
    })

    test('the tabs are listed with role and visibility, live', async ({ world }) => {
      const [one, other, tabs] = await signedIn(world, 3)
      const listed = async (tab: Page) => JSON.parse((await textOf(tab, 'tabs')) ?? '') as string[][]
      for (const tab of tabs) await poll(async () => (await listed(tab)).length).toBe(3)
      const list = await listed(one)
      expect(list.filter(([role]) => role === 'leader')).toHaveLength(1)
      expect(list.filter(([, , self]) => self === 'self')).toHaveLength(1)
      expect(list.map(([, visible]) => visible)).toEqual(['visible', 'visible', 'visible'])
      await other.close()
      for (const tab of tabs.slice(0, 2)) await poll(async () => (await listed(tab)).length).toBe(2)
    })

    test('useAuthFetch: twenty requests that are refused in two tabs are one rotation, and each is repeated', async ({
      world,
    }) => {
      const [, , tabs] = await signedIn(world, 2)
      const [session] = world.server.state.store.sessions.values()
      world.server.state.accessTokens.expire(session?.id ?? '')
      const statuses = await together(tabs, async () => {
        const url = `${new URLSearchParams(location.search).get('server')}/rest/v1/notes?select=*`
        const answers = Array.from({ length: 10 }, () => ui.authFetch?.(url, { headers: { apikey: 'anon' } }))
        return (await Promise.all(answers)).map((answer) => answer?.status)
      })
      expect(statuses.flat()).toEqual(Array.from({ length: 20 }, () => 200))
      expect(world.refreshes()).toMatchObject([{ outcome: 'rotated' }])
    })

    test('useAuthFetch sends no token to another origin', async ({ world }) => {
      const [one] = await signedIn(world, 1)
      const asked: string[] = []
      await world.context.route('https://elsewhere.example/**', async (route) => {
        asked.push(route.request().url())
        await route.fulfill({ body: 'x' })
      })
      const error = await one.evaluate(async () => {
        const failed = await ui.authFetch?.('https://elsewhere.example/notes').catch((error) => error)
        return { name: failed.name, code: failed.code, message: failed.message }
      })
      expect(error).toMatchObject({ name: 'SessionError', code: 'origin_not_allowed' })
      expect(error.message).toContain('https://elsewhere.example')
      expect(asked).toEqual([])
    })

    test('useAuthFetch: a redirect to another origin goes without the token', async ({ world }) => {
      const [one] = await signedIn(world, 1)
      const heard: IncomingHttpHeaders[] = []
      const elsewhere = createServer((request, response) => {
        if (request.method === 'GET') heard.push(request.headers)
        response
          .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' })
          .end('x')
      }).listen(0, '127.0.0.1')
      await once(elsewhere, 'listening')
      const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/notes`
      const sent: string[] = []
      await world.context.route(`${world.server.url}/away`, async (route) => {
        sent.push(route.request().headers().authorization ?? '')
        await route.fulfill({ status: 302, headers: { location, 'Access-Control-Allow-Origin': '*' } })
      })
      const body = await one.evaluate(async () => {
        const url = `${new URLSearchParams(window.location.search).get('server')}/away`
        return (await ui.authFetch?.(url))?.text()
      })
      elsewhere.close()
      expect(body).toBe('x')
      expect(sent.map((authorization) => authorization.split(' ')[0])).toEqual(['Bearer'])
      expect(heard.map(({ authorization }) => authorization)).toEqual([undefined])
    })

    test('useAuthFetch repeats a body of each kind, and hands on an answer that streams', async ({
      world,
    }) => {
      const [one] = await signedIn(world, 1)
      const bodies: string[] = []
      await world.context.route('**/api/upload', async (route) => {
        bodies.push(route.request().postData() ?? '')
        await route.fulfill({ status: bodies.length % 2 === 1 ? 401 : 200, body: 'streamed' })
      })
      const answers = await one.evaluate(async () => {
        const kinds: BodyInit[] = ['text', new Blob(['blob']), new URLSearchParams({ form: '1' })]
        const read: string[] = []
        for (const body of kinds) {
          const response = await ui.authFetch?.('/api/upload', { method: 'POST', body })
          const reader = response?.body?.pipeThrough(new TextDecoderStream()).getReader()
          read.push(`${response?.status} ${(await reader?.read())?.value}`)
        }
        return read
      })
      expect(answers).toEqual(['200 streamed', '200 streamed', '200 streamed'])
      expect(bodies).toEqual(['text', 'text', 'blob', 'blob', 'form=1', 'form=1'])
      expect(world.refreshes()).toHaveLength(3)
    })

    test('useIdleTimeout warns in every tab, any tab can answer, and then all are idle', async ({
      world,
    }) => {
      const [one, other, tabs] = await signedIn(world, 2)
      const look = () =>
        Promise.all(tabs.map((tab) => tab.evaluate(() => window.dispatchEvent(new Event('focus')))))
      const idle = () => Promise.all(tabs.map((tab) => tab.evaluate(() => ui.idle)))
      await world.passTime(55 * MINUTE_MS)
      await look()
      await shows(tabs, 'stay', 'warning')
      expect(await idle()).toEqual([['warned'], ['warned']])
      await other.locator('#stay').click()
      await shows(tabs, 'stay', 'active')
      await world.passTime(70 * MINUTE_MS)
      await look()
      await shows([one, other], 'stay', 'idle')
      expect(await idle()).toEqual([
        ['warned', 'idle'],
        ['warned', 'idle'],
      ])
    })

    test('with Suspense the page waits until the session is known', async ({ world, complaints }) => {
      const tab = await world.context.newPage()
      await tab.goto(`${world.address()}&suspense=1`)
      await shows([tab], 'suspended', 'signed-out')
      expect((await rendersOf(tab)).Waiting).toBeGreaterThan(0)
      await signIn(tab, ADA)
      await shows([tab], 'suspended', 'signed-in')
      expect(complaints).toEqual([])
    })

    test.describe('hidden tabs', () => {
      test.use({ asUsersHaveIt: true })

      test('coming back to a tab renders nothing if nothing changed', async ({ world }) => {
        const tab = await world.open()
        await shows([tab], 'whole', 'signed-out no-session')
        await signIn(tab, ADA)
        await shows([tab], 'whole', SIGNED_IN)
        const other = await world.open()
        await shows([other], 'whole', SIGNED_IN)
        await poll(() => tab.evaluate(() => document.visibilityState)).toBe('hidden')
        await world.passTime(20 * MINUTE_MS)
        const before = await rendersOf(tab)
        await tab.bringToFront()
        await poll(() => tab.evaluate(() => document.visibilityState)).toBe('visible')
        // What coming back would have brought about is over when a sign-out has arrived.
        const events = await eventsOf(tab)
        const during = await tab.evaluate(async () => {
          await app.coordinator?.getAccessToken()
          return { ...ui.renders }
        })
        expect(during).toEqual(before)
        await other.evaluate(() => app.supabase.auth.signOut())
        await shows([tab], 'whole', 'signed-out signed-out-elsewhere')
        expect((await eventsOf(tab)).length).toBe(events.length + 1)
        expect((await rendersOf(tab)).Whole).toBe((before.Whole ?? 0) + 2) // StrictMode renders twice
      })
    })
  })
}
