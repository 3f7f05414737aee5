import { describe, expect, test, vi } from 'vitest'
import { type ClientPage, clientWorlds, outcomeOf, sessionOf } from './testing/client-pages.ts'
import { isGetUser, isGrant, type SentRequest, sessionNotFound } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

/** A page that is signed in, with a server that knows its session no more where users are asked for. */
const forgotten = async () => {
  const { server, open } = world()
  const page = open()
  await page.signIn()
  server.override = ({ path }) => (path.startsWith('/user') ? sessionNotFound(403) : undefined)
  return { server, page }
}

describe('two getUser() at once of a session that the server does not know', () => {
  test('leave the user signed in if a grant succeeds, and tell nobody of a sign-out', async () => {
    const { server, page } = await forgotten()
    const answers = await Promise.all([page.auth.getUser(), page.auth.getUser()])
    await page.settle()
    expect(answers.map(({ error }) => error?.name)).toEqual(Array(2).fill('AuthSessionMissingError'))
    expect(outcomeOf(page)).toBe('signed-in')
    expect(page.heard).not.toContain('SIGNED_OUT')
    expect(server.grants()).toHaveLength(1)
  })

  test('sign out, as revoked, if the grant is refused', async () => {
    const { server, page } = await forgotten()
    server.override = (request) =>
      isGetUser(request) ? sessionNotFound(403) : isGrant(request) ? sessionNotFound(400) : undefined
    await Promise.all([page.auth.getUser(), page.auth.getUser()])
    await page.settle()
    expect(outcomeOf(page)).toBe('revoked')
    expect(page.heard).toEqual(['SIGNED_OUT'])
    expect((await page.auth.getSession()).data.session).toBeNull()
  })
})

describe('a later signOut() signs out', () => {
  /** Without the header that tells the API's version, as where CORS does not expose it, auth-js reads no code. */
  const bareNotFound = (request: SentRequest) => {
    const bare = new Response(JSON.stringify({ code: 'session_not_found' }), { status: 403 })
    return isGetUser(request) ? bare : undefined
  }

  test.each<[string, (page: ClientPage) => Promise<unknown>]>([
    ['and nothing came of it', async () => {}],
    ['and the user has signed in again', (page) => page.signIn()],
  ])('after getUser() heard what auth-js takes for any error, %s', async (_, meanwhile) => {
    const { server, page } = await forgotten()
    server.override = bareNotFound
    expect((await page.auth.getUser()).error?.name).toBe('AuthApiError')
    server.override = () => undefined
    await meanwhile(page)
    expect(await page.auth.signOut()).toEqual({ error: null })
    expect(outcomeOf(page)).toBe('signed-out')
    expect((await page.auth.getSession()).data.session).toBeNull()
    expect(server.grants()).toEqual([])
  })

  test('after linkIdentity() heard that the session is not known', async () => {
    const { server, page } = await forgotten()
    const { error } = await page.auth.linkIdentity({
      provider: 'github',
      options: { skipBrowserRedirect: true },
    })
    expect(error?.name).toBe('AuthSessionMissingError')
    expect(outcomeOf(page)).toBe('signed-in')
    expect(await page.auth.signOut()).toEqual({ error: null })
    expect(outcomeOf(page)).toBe('signed-out')
    expect(server.grants()).toEqual([])
  })

  test("after getUser() heard it of somebody else's token, which forces no rotation here", async () => {
    const { server, page } = await forgotten()
    const { access_token } = sessionOf(page)
    const stranger = server.signIn('eve')
    for (const _ of [1, 2]) {
      const { error } = await page.auth.getUser(stranger.access_token)
      expect(error?.name).toBe('AuthSessionMissingError')
    }
    expect(sessionOf(page).access_token).toBe(access_token)
    expect(await page.auth.signOut()).toEqual({ error: null })
    expect(outcomeOf(page)).toBe('signed-out')
    expect(server.grants()).toEqual([])
  })
})
