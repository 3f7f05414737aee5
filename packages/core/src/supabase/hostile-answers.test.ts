import { afterEach, describe, expect, test, vi } from 'vitest'
import { clientWorlds, outcomeOf, sessionOf } from './testing/client-pages.ts'
import { isGrant, json } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

/** An answer whose JSON names a member that assignment would take for the prototype. */
const polluting = (answer: object): Response =>
  json(JSON.parse(JSON.stringify(answer).replace('{', '{"__proto__":{"polluted":true},')))

const names = Object.getOwnPropertyNames(Object.prototype).join()

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(names)
  expect(({} as { polluted?: true }).polluted).toBeUndefined()
})

describe('a hostile auth server', () => {
  test('cannot put another user in the place of this one with its answer to a grant', async () => {
    const { server, open } = world()
    const page = open()
    const before = await page.signIn()
    server.override = (request) => (isGrant(request) ? json(server.signIn('eve')) : undefined)
    const { error } = await page.auth.refreshSession()
    expect(error?.name).toBe('AuthRetryableFetchError')
    expect(sessionOf(page)).toMatchObject({ access_token: before.access_token, user: { id: 'ada' } })
    expect(page.coordinator.getSnapshot()).toMatchObject({ refreshFailing: { code: 'subject_changed' } })
    await page.settle()
    expect(page.heard).toEqual([])
    expect(outcomeOf(page)).toBe('signed-in')
  })

  test('cannot pollute a prototype with its answers to a sign-in and a grant', async () => {
    const { server, open } = world()
    const page = open()
    const session = server.signIn()
    server.override = ({ path }) => (path.startsWith('/token') ? polluting(session) : undefined)
    await page.signIn()
    expect((await page.auth.refreshSession()).error).toBeNull()
    expect(Object.keys(sessionOf(page))).not.toContain('polluted')
  })

  test('I7: cannot have the refresh token told by an error that echoes it', async () => {
    const { server, open } = world()
    const page = open()
    const told: unknown[] = []
    page.coordinator.onDiagnostic((event) => told.push(event))
    await page.signIn()
    server.override = (request) =>
      isGrant(request) ? json({ code: request.body.refresh_token, message: request.body }, 500) : undefined
    told.push((await page.auth.refreshSession()).error, page.coordinator.getSnapshot())
    expect(page.coordinator.getSnapshot()).toMatchObject({ refreshFailing: { code: '…' } })
    for (const token of server.issued) expect(JSON.stringify(told)).not.toContain(token)
  })
})
