import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

// 0x00 ‖ session UUID (16) ‖ uvarint(counter) ‖ HMAC-SHA256[:16] ‖ SHA256[:4], in base64url
const VERSION = 0
const UUID_END = 1 + 16
const SIGNATURE_BYTES = 16
const CHECKSUM_BYTES = 4
const MIN_BYTES = UUID_END + 1 + SIGNATURE_BYTES + CHECKSUM_BYTES

/** A v2 refresh token taken apart. Its signature is not checked yet: that needs the session's key. */
export interface TokenV2 {
  readonly sessionId: string
  readonly counter: number
  readonly signed: Buffer
  readonly signature: Buffer
}

/** Writes the v2 refresh token of one counter of one session. The same input gives the same token. */
export function encodeTokenV2(sessionId: string, counter: number, hmacKey: Buffer): string {
  const uuid = Buffer.from(sessionId.replaceAll('-', ''), 'hex')
  const signed = Buffer.concat([Buffer.from([VERSION]), uuid, encodeUvarint(counter)])
  const body = Buffer.concat([signed, sign(signed, hmacKey)])
  return Buffer.concat([body, checksum(body)]).toString('base64url')
}

/** Reads a v2 refresh token, or null for anything that is not one. */
export function parseTokenV2(value: string): TokenV2 | null {
  if (!/^[A-Za-z0-9_-]+$/.test(value)) return null
  const bytes = Buffer.from(value, 'base64url')
  if (bytes.length < MIN_BYTES || bytes[0] !== VERSION) return null
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  if (!timingSafeEqual(checksum(body), bytes.subarray(-CHECKSUM_BYTES))) return null
  const signed = body.subarray(0, -SIGNATURE_BYTES)
  const counter = decodeUvarint(signed.subarray(UUID_END))
  if (counter === null) return null
  return {
    sessionId: formatUuid(signed.subarray(1, UUID_END)),
    counter,
    signed,
    signature: body.subarray(-SIGNATURE_BYTES),
  }
}

/** Whether the token was signed with this session's key. */
export function hasValidSignature(token: TokenV2, hmacKey: Buffer): boolean {
  return timingSafeEqual(sign(token.signed, hmacKey), token.signature)
}

function sign(bytes: Buffer, hmacKey: Buffer): Buffer {
  return createHmac('sha256', hmacKey).update(bytes).digest().subarray(0, SIGNATURE_BYTES)
}

function checksum(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES)
}

function formatUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Seven bits to a byte, the low ones first; the high bit says that more follow. */
function encodeUvarint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return Buffer.from([...bytes, rest])
}

/** Null unless the bytes are exactly one number that a double holds exactly. */
function decodeUvarint(bytes: Buffer): number | null {
  const last = bytes.findIndex((byte) => byte < 0x80)
  if (last === -1 || last !== bytes.length - 1) return null
  const value = bytes.reduceRight((sum, byte) => sum * 0x80 + (byte % 0x80), 0)
  return Number.isSafeInteger(value) ? value : null
}
