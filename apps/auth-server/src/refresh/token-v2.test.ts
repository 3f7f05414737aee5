import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeTokenV2, hasValidSignature, parseTokenV2 } from './token-v2.ts'

const key = randomBytes(32)
const sessionId = randomUUID()

describe('the v2 refresh token', () => {
  it('is version, session, counter, signature and checksum, in base64url', () => {
    const bytes = Buffer.from(encodeTokenV2(sessionId, 300, key), 'base64url')
    const signed = bytes.subarray(0, 19)
    expect(signed[0]).toBe(0)
    expect(signed.subarray(1, 17).toString('hex')).toBe(sessionId.replaceAll('-', ''))
    expect([...signed.subarray(17)]).toEqual([0b1010_1100, 0b10])
    const signature = createHmac('sha256', key).update(signed).digest().subarray(0, 16)
    expect(bytes.subarray(19, 35).equals(signature)).toBe(true)
    const checksum = createHash('sha256').update(bytes.subarray(0, 35)).digest().subarray(0, 4)
    expect(bytes.subarray(35).equals(checksum)).toBe(true)
  })

  it.each([0, 1, 127, 128, 300, 2 ** 31, Number.MAX_SAFE_INTEGER])(
    'carries the counter %d there and back',
    (counter) => {
      const token = parseTokenV2(encodeTokenV2(sessionId, counter, key))
      expect(token?.sessionId).toBe(sessionId)
      expect(token?.counter).toBe(counter)
      expect(token && hasValidSignature(token, key)).toBe(true)
    },
  )

  it('does not verify with the key of another session', () => {
    const token = parseTokenV2(encodeTokenV2(sessionId, 1, key))
    expect(token && hasValidSignature(token, randomBytes(32))).toBe(false)
  })

  it('is not read after any one byte was changed', () => {
    const bytes = Buffer.from(encodeTokenV2(sessionId, 1, key), 'base64url')
    const changed = Array.from(bytes, (byte, at) => bytes.with(at, byte ^ 1))
    const read = changed.filter((each) => parseTokenV2(Buffer.from(each).toString('base64url')) !== null)
    expect(read).toHaveLength(0)
  })

  it.each(['', 'short', '!'.repeat(60), 'A'.repeat(60)])('is not %j', (text) => {
    expect(parseTokenV2(text)).toBeNull()
  })
})
