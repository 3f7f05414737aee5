import { createClient } from '@supabase/supabase-js'
import { describe, expect, test } from 'vitest'
import { SessionError } from '../errors.ts'
import { type CoordinatedClientOptions, coordinate } from './coordination.ts'

const refusal = (url: string, key: string, options?: CoordinatedClientOptions) => {
  try {
    coordinate(url, key, options)
  } catch (error) {
    return error instanceof SessionError ? `${error.code}: ${error.message}` : error
  }
  return null
}

describe('bad input', () => {
  test.each<[string, string, string, CoordinatedClientOptions | undefined, RegExp]>([
    ['no URL', 'not a url', 'anon', undefined, /^option_invalid: .*supabaseUrl/],
    ['no key', 'https://x.test', '', undefined, /^option_invalid: .*supabaseKey/],
    [
      'a session that is not to be kept',
      'https://x.test',
      'anon',
      { auth: { persistSession: false } },
      /^option_invalid: .*persistSession/,
    ],
    [
      'tokens of another provider',
      'https://x.test',
      'anon',
      { accessToken: async () => null },
      /^option_invalid: .*accessToken/,
    ],
    ['an empty name', 'https://x.test', 'anon', { solotab: { name: ' ' } }, /^name_invalid/],
    [
      'a time-out out of range',
      'https://x.test',
      'anon',
      { solotab: { requestTimeoutMs: 1 } },
      /^option_invalid: .*requestTimeoutMs/,
    ],
  ])('%s has an error with a stable code', (_, url, key, options, error) => {
    expect(refusal(url, key, options)).toMatch(error)
  })
})

test('a client that was made with another storage is refused', () => {
  const parts = coordinate('https://abc.supabase.co', 'anon')
  const { storage: _, ...auth } = parts.options.auth ?? {}
  const client = createClient('https://abc.supabase.co', 'anon', { ...parts.options, auth })
  expect(() => parts.attach(client)).toThrow(/storage is not valid/)
  parts.attach(createClient('https://abc.supabase.co', 'anon', parts.options))
})

test('making the parts starts nothing, and the stored session is as if there were none', async () => {
  const { coordinator, storage, options } = coordinate('https://abc.supabase.co', 'anon')
  expect(coordinator.name).toBe('sb-abc-auth-token')
  expect(coordinator.getSnapshot().status).toBe('loading')
  expect(await storage.getItem(options.auth?.storageKey ?? '')).toBeNull()
})

test("the caller's options stay, but for what coordination replaces", () => {
  const { options, fetch, storage } = coordinate('https://abc.supabase.co/', 'anon', {
    auth: { flowType: 'pkce', autoRefreshToken: true },
    global: { headers: { 'x-app': 'mine' } },
    solotab: { name: 'mine' },
  })
  expect(options.auth).toMatchObject({ flowType: 'pkce', autoRefreshToken: false, storage })
  expect(options.global).toEqual({ headers: { 'x-app': 'mine' }, fetch })
  expect(options).not.toHaveProperty('solotab')
})
