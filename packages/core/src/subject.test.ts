import { describe, expect, test } from 'vitest'
import { isOfAnother } from './subject.ts'

const base64Url = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const tokenOf = (claims: unknown) => `${base64Url('{}')}.${base64Url(JSON.stringify(claims))}.signature`

const ada = tokenOf({ sub: 'ada', session_id: 'one', exp: 1 })

describe('two access tokens', () => {
  test.each([
    ['the same subject and session', tokenOf({ sub: 'ada', session_id: 'one', exp: 2 })],
    ['nothing of either', tokenOf({ exp: 2 })],
    ['bytes that base64url spells differently', tokenOf({ sub: 'ada', note: '???>>>~~~' })],
    ['no claims, but a number', tokenOf(7)],
    ['no claims, but null', tokenOf(null)],
    ['no JSON', `a.${base64Url('{')}.c`],
    ['no base64url', 'a.*.c'],
    ['an opaque token', 'opaque'],
    ['nothing', ''],
  ])('with %s may be of one session', (_, after) => {
    expect(isOfAnother(ada, after)).toBe(false)
    expect(isOfAnother(after, ada)).toBe(false)
  })

  test.each([
    ['subjects', { sub: 'bob', session_id: 'one' }],
    ['sessions', { sub: 'ada', session_id: 'two' }],
    ['subjects, one of them none', { sub: null }],
  ])('with different %s are not of one', (_, claims) => {
    expect(isOfAnother(ada, tokenOf(claims))).toBe(true)
    expect(isOfAnother(tokenOf(claims), ada)).toBe(true)
  })
})
