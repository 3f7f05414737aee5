import { describe, expect, test } from 'vitest'
import type { RecordStore } from './ports.ts'
import { amend, emptyRecord, end, rotate, type SessionRecord, signInto, viewOf } from './record.ts'
import { createSessionStore } from './session-store.ts'
import { NOW_MS } from './testing/states.ts'

const tokensOf = (n: number) => ({ access_token: `access ${n}`, refresh_token: `refresh ${n}` })
const signedIn = (generation: number, handle = 'handle') =>
  signInto({ ...emptyRecord(), generation: generation - 1 }, tokensOf(generation), handle, NOW_MS, 1000)
const rotated = (record: SessionRecord) =>
  rotate(record, tokensOf(record.generation + 1), record.generation, NOW_MS, 1000)

/** A store that fails with a named error while `fault` is set, and a page with its memory on it. */
const setUp = (raw?: unknown) => {
  const disk = { raw, fault: null as string | null, writes: 0 }
  const access = async <T>(run: () => T): Promise<T> => {
    await null
    if (disk.fault) throw Object.assign(new Error('failed'), { name: disk.fault })
    return run()
  }
  const port: RecordStore = {
    read: () => access(() => structuredClone(disk.raw)),
    transact: (decide) =>
      access(() => {
        const decision = decide(structuredClone(disk.raw))
        if ('write' in decision) {
          disk.raw = structuredClone(decision.write)
          disk.writes++
        }
        return decision.result
      }),
  }
  const health: (string | null)[] = []
  return { disk, health, store: createSessionStore(port, (failure) => health.push(failure)) }
}

const fails = (disk: { fault: string | null }, name = 'UnknownError') => {
  disk.fault = name
}
const works = (disk: { fault: string | null }) => {
  disk.fault = null
}

describe('a store that works', () => {
  test('gives an empty record where there is none', async () => {
    const { store } = setUp()
    expect(await store.read()).toEqual({ record: emptyRecord(), durable: true })
  })

  test('writes what changes, and nothing else', async () => {
    const { store, disk } = setUp(signedIn(5))
    await store.transact((record) => record)
    expect(disk.writes).toBe(0)
    expect(await store.transact(rotated)).toMatchObject({ record: { generation: 6 }, durable: true })
    expect(disk.raw).toMatchObject({ generation: 6 })
  })

  test('newer_build: it is not read and not written', async () => {
    const newer = { v: 2, generation: 1 }
    const { store, disk, health } = setUp(newer)
    await expect(store.read()).rejects.toMatchObject({ code: 'newer_build' })
    await expect(store.transact(rotated)).rejects.toMatchObject({ code: 'newer_build' })
    expect(disk.raw).toBe(newer)
    expect(health).toEqual([])
  })

  test('I11: a garbled record counts as the one that was there', async () => {
    const { store, disk } = setUp(signedIn(5))
    await store.read()
    disk.raw = 'garbage'
    expect(await store.read()).toMatchObject({ record: { generation: 5 } })
    await store.transact(rotated)
    expect(disk.raw).toMatchObject({ generation: 6, session: { handle: 'handle' } })
  })
})

describe('a store that fails', () => {
  test('is reported once, by the name of the error, and once when it works again', async () => {
    const { store, disk, health } = setUp()
    fails(disk, 'QuotaExceededError')
    await store.read()
    await store.transact(() => signedIn(1))
    works(disk)
    await store.read()
    await store.read()
    expect(health).toEqual(['QuotaExceededError', null])
  })

  test('leaves the changes in memory, and has them when it works again', async () => {
    const { store, disk } = setUp(signedIn(5))
    await store.read()
    fails(disk)
    expect(await store.transact(rotated)).toMatchObject({ record: { generation: 6 }, durable: false })
    expect(await store.read()).toMatchObject({ record: { generation: 6 }, durable: false })
    works(disk)
    expect(await store.read()).toMatchObject({ record: { generation: 6 }, durable: true })
    expect(disk.raw).toMatchObject({ generation: 6 })
  })

  test('keeps nothing in memory that was not changed', async () => {
    const { store, disk } = setUp(signedIn(5))
    await store.read()
    fails(disk)
    await store.transact((record) => record)
    disk.raw = signedIn(7, 'other')
    works(disk)
    expect(await store.read()).toMatchObject({ record: { session: { handle: 'other' } }, durable: true })
    expect(disk.writes).toBe(0)
  })

  test('loses nothing when a read that began before ends after the change', async () => {
    const { store, disk } = setUp(signedIn(5))
    await store.read()
    const reading = store.read()
    const writing = store.transact((record) => {
      fails(disk)
      return rotated(record)
    })
    works(disk)
    await Promise.all([reading, writing])
    expect((await store.read()).record.generation).toBe(6)
  })
})

describe('others change the store while this page holds something in memory', () => {
  /** Generation 5 is stored; this page makes `mine` of it in memory, others store `theirs`. */
  const meet = async (mine: (base: SessionRecord) => SessionRecord, theirs: SessionRecord) => {
    const { store, disk } = setUp(signedIn(5))
    await store.read()
    fails(disk)
    await store.transact(mine)
    works(disk)
    disk.raw = theirs
    const { record } = await store.read()
    expect(record).toEqual(disk.raw)
    return record
  }

  test('I6: a stored sign-out wins over a rotation in memory', async () => {
    const record = await meet((base) => rotated(rotated(base)), end(signedIn(5), 'signed-out'))
    expect(record).toMatchObject({ session: null, endReason: 'signed-out' })
    expect(record.generation).toBeGreaterThan(7)
  })

  test('I6: another stored sign-in wins over a rotation in memory', async () => {
    const record = await meet(rotated, signedIn(6, 'other'))
    expect(record.session?.handle).toBe('other')
  })

  test('I6: a sign-out in memory wins over a stored rotation', async () => {
    const record = await meet((base) => end(base, 'signed-out'), rotated(rotated(signedIn(5))))
    expect(record).toMatchObject({ session: null, endReason: 'signed-out' })
    expect(record.generation).toBeGreaterThan(7)
  })

  test('a sign-in in memory wins over a stored rotation', async () => {
    const record = await meet(() => signedIn(6, 'mine'), rotated(signedIn(5)))
    expect(record.session?.handle).toBe('mine')
    expect(record.generation).toBeGreaterThan(6)
  })

  test('of two rotations the further one wins, and the stored one if they are even', async () => {
    const further = await meet((base) => rotated(rotated(base)), rotated(signedIn(5)))
    expect(further.session?.rotation).toBe(7)
    const theirs = amend(rotated(signedIn(5)), { handle: 'handle', rotation: 0 }, {})
    const behind = await meet(rotated, theirs)
    expect(behind).toEqual(theirs)
  })
})

describe('heed', () => {
  const viewFrom = (record: SessionRecord) => viewOf(record, false, false)

  test('a sign-out that another tab could not store is stored here if that works', async () => {
    const { store, disk } = setUp(signedIn(5))
    await store.heed(viewFrom(end(signedIn(5), 'signed-out')))
    expect(disk.raw).toMatchObject({ generation: 6, session: null, endReason: 'signed-out' })
  })

  test('I6: what this page held of the session before is forgotten', async () => {
    const { store, disk } = setUp()
    fails(disk)
    await store.transact(() => signedIn(1))
    await store.heed(viewFrom(end(signedIn(1), 'signed-out')))
    works(disk)
    expect(await store.read()).toMatchObject({ record: { generation: 2, session: null } })
    expect(disk.raw).toMatchObject({ session: null })
  })

  test('what is older than the record changes nothing', async () => {
    const { store, disk } = setUp(signedIn(9))
    await store.heed(viewFrom(end(signedIn(5), 'signed-out')))
    expect(disk.writes).toBe(0)
  })

  test('tokens that another tab holds cannot be stored here, but older ones are forgotten', async () => {
    const { store, disk } = setUp()
    fails(disk)
    await store.transact(() => signedIn(1))
    await store.heed(viewFrom(signedIn(3, 'other')))
    works(disk)
    await store.read()
    expect(disk.raw).toBeUndefined()
  })
})
