import { describe, expect, test, vi } from 'vitest'
import { isHandle } from './seals.ts'
import { clientWorlds, outcomeOf, sessionOf } from './testing/client-pages.ts'
import { isGetUser } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

const fragment = () => new URLSearchParams(window.location.hash.slice(1))

describe("an implicit grant's redirect", () => {
  test('signs in, sealed, and is gone from the address', async () => {
    const { server, visit, redirected, open } = world()
    const session = server.signIn()
    visit(redirected(session))
    const page = open()
    expect(await page.auth.initialize()).toEqual({ error: null })
    expect(sessionOf(page).access_token).toBe(session.access_token)
    expect(isHandle(sessionOf(page).refresh_token)).toBe(true)
    expect(window.location.hash).toBe('')
  })

  test('stays whole in the address if the user cannot be had, and signs in at the next load', async () => {
    const { server, visit, redirected, open } = world()
    const session = server.signIn()
    const href = redirected(session)
    server.override = (request) => {
      if (isGetUser(request)) throw new TypeError('dropped')
      return undefined
    }
    visit(href)
    const first = open()
    expect((await first.auth.initialize()).error?.name).toBe('AuthRetryableFetchError')
    expect((await first.auth.getSession()).data.session).toBeNull()
    expect(window.location.href).toBe(href)
    await first.coordinator.close()

    server.override = () => undefined
    visit(window.location.href)
    const second = open()
    expect(await second.auth.initialize()).toEqual({ error: null })
    expect(sessionOf(second).access_token).toBe(session.access_token)
    await second.coordinator.refresh()
    expect(server.grants()).toEqual([session.refresh_token])
  })

  test('signs in by a reload while the user is asked for: the address is whole when the page is left', async () => {
    const { server, visit, redirected, open } = world()
    const session = server.signIn()
    const href = redirected(session)
    visit(href)
    let ask = () => {}
    const asked = new Promise<void>((resolve) => {
      ask = resolve
    })
    server.override = (request) => {
      if (!isGetUser(request)) return undefined
      ask()
      return new Promise(() => {})
    }
    const first = open()
    await asked
    expect(window.location.href).not.toContain(session.refresh_token)
    window.dispatchEvent(new Event('pagehide'))
    expect(window.location.href).toBe(href)
    await first.coordinator.close()

    server.override = () => undefined
    visit(window.location.href)
    const again = open()
    expect(await again.auth.initialize()).toEqual({ error: null })
    expect(sessionOf(again).access_token).toBe(session.access_token)
    expect(window.location.hash).toBe('')
  })

  test('with a handle in it signs nobody in, and the handle is never sent', async () => {
    const { server, visit, redirected, open } = world()
    const session = { ...server.signIn(), refresh_token: 'solotab-of-an-earlier-page' }
    visit(redirected(session))
    const page = open()
    await page.auth.initialize()
    await page.settle()
    const { data } = await page.auth.getSession()
    await page.auth.refreshSession()
    await page.auth.setSession({ ...session, access_token: server.signIn('ada', -10).access_token })
    expect(data.session).toBeNull()
    expect(page.heard).not.toContain('SIGNED_IN')
    expect(JSON.stringify(server.sent)).not.toContain(session.refresh_token)
  })

  test('that comes after a start without initialization signs in, sealed, by initialize()', async () => {
    const { server, redirected, open } = world()
    const page = open({ auth: { skipAutoInitialize: true }, global: { fetch: server.fetch } })
    await vi.waitFor(() => expect(outcomeOf(page)).toBe('no-session'))
    const session = server.signIn()
    window.location.hash = new URL(redirected(session)).hash
    expect(await page.auth.initialize()).toEqual({ error: null })
    expect(sessionOf(page).access_token).toBe(session.access_token)
    expect(isHandle(sessionOf(page).refresh_token)).toBe(true)
    expect(fragment().has('refresh_token')).toBe(false)
    await vi.waitFor(() => expect(page.heard).toContain('SIGNED_IN'))
    await page.coordinator.refresh()
    expect(server.grants()).toEqual([session.refresh_token])
  })
})
