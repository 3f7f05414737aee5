import { ADA } from '../../src/stage.ts'
import { settled, signIn } from '../../src/tabs.ts'
import { Witness, watch } from '../../src/witness.ts'
import { CLIENTS } from '../clients.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

declare global {
  /** What happened in this page, as far as a script that runs before its own can see. */
  var witnessed: [where: string, text: string][]
}

/** Runs in every page before its scripts, and before `watch`. */
function notice(): void {
  globalThis.witnessed = []
  globalThis.witness = (where, text) => globalThis.witnessed.push([where, text])
  const tell = (what: unknown) => String(what instanceof Error ? `${what.message} ${what.stack}` : what)
  for (const level of ['debug', 'info', 'log', 'warn', 'error', 'trace'] as const) {
    const { [level]: print } = console
    console[level] = (...args) => {
      const texts = args.map((arg) => `${tell(arg)} ${JSON.stringify(arg)}`)
      globalThis.witness('console', texts.join(' '))
      print.apply(console, args)
    }
  }
  addEventListener('error', ({ error }) => globalThis.witness('uncaught error', tell(error)))
  addEventListener('unhandledrejection', ({ reason }) => globalThis.witness('uncaught error', tell(reason)))
}

function whatHappened(): [where: string, text: string][] {
  const requests = performance.getEntriesByType('resource').map(({ name }) => name)
  return [...globalThis.witnessed.splice(0), ['address of a request', requests.join(' ')]]
}

function witnessIn(scene: Scene) {
  const witness = new Witness(scene)
  scene.prelude.add(notice)
  scene.prelude.add(watch)
  const leaks = async (tabs: readonly EngineTab[]) => {
    for (const tab of tabs) {
      for (const [where, text] of await tab.evaluate(whatHappened)) witness.see(where, text)
    }
    return witness.leaks(tabs)
  }
  return { witness, leaks }
}

test.describe('10. where a refresh token is to be seen', () => {
  for (const [client, details] of CLIENTS) {
    test(`solotab, client ${client}: the record is its only place`, details, async ({ scene }) => {
      const { witness, leaks } = witnessIn(scene)
      const tabs = await scene.openMany(2, { client })
      const [tab, other] = tabs
      if (!tab || !other) throw new Error('No tabs.')
      await signIn(tab, ADA)
      const { generation } = await settled(tabs)
      expect(await leaks(tabs)).toEqual([])
      expect(await witness.held(tab)).toEqual({ current: 1, used: 0 })
      for (const each of tabs) {
        expect(await each.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
      }
      await settled(tabs, generation + 2)
      expect(await leaks(tabs)).toEqual([])
      expect(await witness.held(other)).toEqual({ current: 1, used: 0 })
      expect(witness.posts).toBeGreaterThan(0)
      expect(
        await tab.evaluate(async () => (await indexedDB.databases()).map((database) => database.name)),
      ).toEqual(['solotab'])
      expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
      expect(await leaks(tabs)).toEqual([])
      expect(await witness.held(tab)).toEqual({ current: 0, used: 0 })
    })
  }

  test('stock, for comparison: localStorage, messages and sessions have it', async ({ scene }) => {
    const { leaks } = witnessIn(scene)
    const tab = await scene.open({ mode: 'stock' })
    await signIn(tab, ADA)
    await tab.evaluate(async () => console.info((await app.supabase.auth.getSession()).data.session))
    expect(await leaks([tab])).toEqual(
      expect.arrayContaining([
        'localStorage',
        'localStorage or sessionStorage, written',
        'BroadcastChannel message',
        'console',
        'getSession()',
      ]),
    )
  })
})
