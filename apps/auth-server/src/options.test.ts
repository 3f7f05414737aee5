import { describe, expect, it } from 'vitest'
import { type AuthServerOptions, DEFAULT_OPTIONS, LIVE_OPTIONS, mergeOptions } from './options.ts'
import { startAuthServer } from './server.ts'

const BAD_VALUES: Record<keyof AuthServerOptions, unknown[]> = {
  port: [-1, 65536, 1.5, '80'],
  host: ['', 1],
  accessTokenSeconds: [0, 1.5, Number.NaN, '60'],
  reuseIntervalSeconds: [-1, Number.POSITIVE_INFINITY],
  algorithm: ['v3', 1],
  parentRule: [1, null],
  rateLimit: [{}, { perSecond: 0, burst: 1 }, { perSecond: 1, burst: 0 }, 5],
  control: ['yes'],
  latencyMs: [-1],
  nowMs: [0],
  users: [{}, [{ email: 'a@b.c' }]],
}

describe.each(Object.entries(BAD_VALUES))('the option %s', (name, values) => {
  it.each(values.map((value) => [value]))('cannot be %j', (value) => {
    expect(() => mergeOptions(DEFAULT_OPTIONS, { [name]: value })).toThrow(
      expect.objectContaining({ code: 'option_invalid' }),
    )
  })
})

it('an option that does not exist is refused', () => {
  expect(() => mergeOptions(DEFAULT_OPTIONS, { speed: 1 })).toThrow(
    expect.objectContaining({ code: 'option_unknown' }),
  )
})

it('an option outside the allowed names is refused', () => {
  expect(() => mergeOptions(DEFAULT_OPTIONS, { port: 1 }, LIVE_OPTIONS)).toThrow(
    expect.objectContaining({ code: 'option_unknown' }),
  )
})

it('an undefined member leaves the default', () => {
  expect(mergeOptions(DEFAULT_OPTIONS, { algorithm: undefined })).toEqual(DEFAULT_OPTIONS)
})

it('a server does not start with a bad option', async () => {
  await expect(startAuthServer({ accessTokenSeconds: 0 })).rejects.toMatchObject({ code: 'option_invalid' })
})
