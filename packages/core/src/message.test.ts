import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MessageBody, parseMessage, toMessage } from './message.ts'
import { endedIn, failureOf, heldOf, viewIn } from './testing/states.ts'

const bodies: MessageBody[] = [
  { type: 'session', ...viewIn(5) },
  { type: 'session', ...viewIn(5), failure: failureOf() },
  { type: 'session', ...endedIn(5) },
  { type: 'grant-wanted', rotation: 5 },
  { type: 'state-wanted', generation: 5 },
]

describe('messages', () => {
  test.each(bodies)('are read as they were sent: $type', (body) => {
    const sent = structuredClone(toMessage(body, 'me'))
    expect(parseMessage(sent)).toEqual({ ...body, v: 1, from: 'me' })
  })

  test('I7: carry no refresh token, not even those of other providers', () => {
    const tokens = {
      access_token: 'a',
      refresh_token: 'secret-1',
      provider_token: 'p',
      provider_refresh_token: 'secret-2',
    }
    const message = toMessage({ type: 'session', ...viewIn(5, { session: heldOf(5, { tokens }) }) }, 'me')
    expect(JSON.stringify(message)).not.toContain('secret')
    expect(message).toMatchObject({ session: { tokens: { provider_token: 'p', refresh_token: 'handle' } } })
  })

  test('I11: of another build are told apart from garbage', () => {
    expect(parseMessage({ v: 2, from: 'x', type: 'news' })).toBe('other-build')
    expect(parseMessage({ v: 0, from: 'x', type: 'session' })).toBe('other-build')
    expect(parseMessage({ v: 1, from: 'x', type: 'news' })).toBe('garbled')
  })

  test.each(['from', 'type', 'endReason'])('I11: with an oversized %s are garbled', (member) => {
    const message = toMessage({ type: 'session', ...viewIn(5) }, 'me')
    expect(parseMessage({ ...message, [member]: 'x'.repeat(100_001) })).toBe('garbled')
  })

  test('I11: with oversized tokens are garbled', () => {
    const tokens = { access_token: 'x'.repeat(100_001), refresh_token: 'handle' }
    const message = toMessage({ type: 'session', ...viewIn(5, { session: heldOf(5, { tokens }) }) }, 'me')
    expect(parseMessage(message)).toBe('garbled')
  })

  test('I11: with tokens from a later generation than their own are garbled', () => {
    const message = toMessage({ type: 'session', ...viewIn(5, { session: heldOf(6) }) }, 'me')
    expect(parseMessage(message)).toBe('garbled')
  })
})

describe('I11: the parser', () => {
  const isSound = (raw: unknown): boolean => {
    const parsed = parseMessage(raw)
    if (typeof parsed === 'string') return parsed === 'garbled' || parsed === 'other-build'
    if (parsed.v !== 1 || typeof parsed.from !== 'string') return false
    if (parsed.type === 'grant-wanted') return Number.isSafeInteger(parsed.rotation)
    if (parsed.type === 'state-wanted') return Number.isSafeInteger(parsed.generation)
    const { session, generation, durable } = parsed
    return (
      Number.isSafeInteger(generation) &&
      typeof durable === 'boolean' &&
      (session === null ||
        (typeof session.tokens.access_token === 'string' &&
          Number.isFinite(session.lifetimeMs) &&
          session.rotation <= generation))
    )
  }

  test('never throws and never lets garbage through', () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: true, withMap: true, withBigInt: true }), isSound))
  })

  test('nor when one member of a good message is garbage', () => {
    const keys = ['v', 'from', 'type', 'generation', 'session', 'endReason', 'failure', 'durable', 'rotation']
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.constantFrom(...keys), fc.anything(), (body, key, garbage) =>
        isSound({ ...toMessage(body, 'me'), [key]: garbage }),
      ),
      { numRuns: 2000 },
    )
  })

  test('nor when one member of the session is garbage', () => {
    const keys = ['tokens', 'handle', 'grantedAtMs', 'lifetimeMs', 'rotation']
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.anything(), (key, garbage) =>
        isSound({
          ...toMessage({ type: 'session', ...viewIn(5) }, 'me'),
          session: { ...heldOf(5), [key]: garbage },
        }),
      ),
      { numRuns: 1000 },
    )
  })

  test('takes nothing from prototypes, and changes none', () => {
    const inherited = Object.create({ v: 1, from: 'x', type: 'grant-wanted', rotation: 5 })
    expect(parseMessage(inherited)).toBe('garbled')
    const text =
      '{"v":1,"from":"x","type":"session","generation":5,"endReason":"x","failure":null,"durable":true,' +
      '"session":{"tokens":{"access_token":"a","refresh_token":"h","__proto__":{"admin":true}},"handle":"h",' +
      '"grantedAtMs":1,"lifetimeMs":1,"rotation":5,"__proto__":{"admin":true}},"__proto__":{"admin":true}}'
    const parsed = parseMessage(JSON.parse(text))
    expect(parsed).toMatchObject({ type: 'session' })
    expect((parsed as { admin?: unknown }).admin).toBeUndefined()
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })
})
