import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest'
import { type ClientPage, type ClientWorld, clientWorlds, sessionOf } from './testing/client-pages.ts'
import { isGrant, json } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

describe('a subscriber', () => {
  test('hears nothing of a grant that failed, and the session stays the same object', async () => {
    const { server, open } = world()
    const page = open()
    await page.signIn()
    const before = sessionOf(page)
    server.override = (request) => (isGrant(request) ? json({}, 503) : undefined)
    const { error } = await page.auth.refreshSession()
    expect(error?.status).toBe(503)
    await page.settle()
    expect(page.coordinator.getSnapshot()).toMatchObject({ refreshFailing: { code: 'http_503' } })
    expect(sessionOf(page)).toBe(before)
    expect(page.heard).toEqual([])
  })

  test('hears USER_UPDATED once of a change of the user', async () => {
    const { open } = world()
    const page = open()
    await page.signIn()
    const { error } = await page.auth.updateUser({ data: { name: 'Ada' } })
    expect(error).toBeNull()
    await page.settle()
    expect(sessionOf(page).user.user_metadata).toEqual({ name: 'Ada' })
    expect(page.heard).toEqual(['USER_UPDATED'])
  })
})

describe('I7: no message of any channel carries a refresh token', () => {
  let postMessage: MockInstance<BroadcastChannel['postMessage']>
  beforeEach(() => {
    postMessage = vi.spyOn(BroadcastChannel.prototype, 'postMessage')
  })
  afterEach(() => postMessage.mockRestore())

  const ways: [string, (world: ClientWorld, page: ClientPage) => Promise<unknown>][] = [
    ['a sign-in with a password', (_, page) => page.signIn()],
    [
      'refreshSession()',
      async (_, page) => {
        await page.signIn()
        await page.auth.refreshSession()
      },
    ],
    [
      'refreshSession() with a session from elsewhere',
      ({ server }, page) => page.auth.refreshSession(server.signIn()),
    ],
    ['setSession()', ({ server }, page) => page.auth.setSession(server.signIn())],
    [
      'setSession() with an expired session',
      ({ server }, page) => page.auth.setSession(server.signIn('ada', -10)),
    ],
  ]

  const expectClean = async (page: ClientPage) => {
    const { access_token } = sessionOf(page)
    await page.settle()
    const posted = JSON.stringify(postMessage.mock.calls)
    expect(posted).toContain(access_token)
    for (const token of world().server.issued) expect(posted.includes(token)).toBe(false)
  }

  test.each(ways)('at %s', async (_, enter) => {
    const page = world().open()
    await enter(world(), page)
    await expectClean(page)
  })

  test.each([
    ["an implicit grant's redirect", false],
    ["an implicit grant's redirect that comes after the start", true],
  ])('at %s', async (_, skipAutoInitialize) => {
    const { server, visit, redirected, open } = world()
    const options = { auth: { skipAutoInitialize }, global: { fetch: server.fetch } }
    const href = redirected(server.signIn())
    if (!skipAutoInitialize) visit(href)
    const page = open(options)
    if (skipAutoInitialize) window.location.hash = new URL(href).hash
    await page.auth.initialize()
    await expectClean(page)
  })
})
