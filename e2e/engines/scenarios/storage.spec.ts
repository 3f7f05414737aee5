import { ADA } from '../../src/stage.ts'
import { heard, poll, seenByAll, settled, signIn, snapshotOf, together } from '../../src/tabs.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

async function signedIn(scene: Scene, count: number): Promise<[EngineTab, EngineTab, EngineTab[]]> {
  const tabs = await scene.openMany(count)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  return [one, other, tabs]
}

const refresh = (tab: EngineTab) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null)

const storageFailures = (tab: EngineTab) =>
  tab.evaluate(() => app.diagnostics.flatMap((each) => (each.type === 'storage-failed' ? [each.code] : [])))

for (const [how, disable] of [
  [
    'may not be touched',
    () =>
      Object.defineProperty(globalThis, 'indexedDB', {
        get: () => {
          throw new DOMException('not here', 'SecurityError')
        },
      }),
  ],
  [
    'cannot be opened',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not here', 'InvalidStateError')
      }
    },
  ],
  ['is missing', () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })],
] as const) {
  test.describe(`IndexedDB ${how}`, () => {
    test('the open tabs share a session in memory, and say so', async ({ scene }) => {
      scene.prelude.add(disable)
      const [one, other, tabs] = await signedIn(scene, 4)
      for (const tab of tabs) expect(await storageFailures(tab)).not.toEqual([])
      expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual(tabs.map(() => ADA.email))
      expect(await refresh(other)).toBeNull()
      const { generation } = await settled(tabs)
      await scene.passTime(TOKEN_LIFE_MS)
      const codes = await together(
        tabs,
        async () => (await app.supabase.from('notes').select()).error?.code ?? null,
      )
      expect(codes).toEqual(tabs.map(() => null))
      await settled(tabs, generation + 1)
      expect(scene.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
        { outcome: 'rotated', reuse: false },
        { outcome: 'rotated', reuse: false },
      ])
      const late = await scene.open()
      expect(await settled([late, ...tabs])).toMatchObject({ status: 'signed-in' })
      await late.evaluate(() => app.supabase.auth.signOut())
      for (const tab of [late, ...tabs])
        await poll(async () => (await snapshotOf(tab)).status).toBe('signed-out')
      expect(await heard(one, 'SIGNED_OUT')).toBe(1)
    })
  })
}

test.describe('the disk is full for a while', () => {
  test('rotations go on, and the newest is stored when there is room', async ({ scene }) => {
    scene.prelude.add(() => {
      const { put } = IDBObjectStore.prototype
      IDBObjectStore.prototype.put = function (...args) {
        if (document.documentElement.dataset.disk === 'full')
          throw new DOMException('full', 'QuotaExceededError')
        return put.apply(this, args)
      }
    })
    const [one, other, tabs] = await signedIn(scene, 3)
    const setDisk = (disk: string) =>
      Promise.all(
        tabs.map((tab) =>
          tab.evaluate((state) => {
            document.documentElement.dataset.disk = state
          }, disk),
        ),
      )
    await setDisk('full')
    for (const tab of [one, other, one]) expect(await refresh(tab)).toBeNull()
    await settled(tabs)
    const failures = (await Promise.all(tabs.map(storageFailures))).flat()
    expect(new Set(failures)).toEqual(new Set(['QuotaExceededError']))
    await setDisk('free')
    expect(await refresh(other)).toBeNull()
    const after = await settled(tabs)
    const late = await scene.open()
    expect(await settled([late])).toMatchObject({ token: after.token })
    expect(scene.refreshes().every(({ outcome, reuse }) => outcome === 'rotated' && !reuse)).toBe(true)
    expect(scene.refreshes()).toHaveLength(4)
  })
})
