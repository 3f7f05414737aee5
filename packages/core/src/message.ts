import type { Failure, View } from './record.ts'
import { type HeldSession, isText, type Session } from './session.ts'

/** What tabs tell each other. Never a refresh token: sessions on the channel are sealed. */
export type MessageBody<S extends Session = Session> =
  /** The newest state: after a change, after a failed grant, or on request. */
  | ({ readonly type: 'session' } & View<S>)
  /** A follower asks for tokens newer than `rotation`. */
  | { readonly type: 'grant-wanted'; readonly rotation: number }
  /** A tab that may not have all from the store asks whether others have more than `generation`. */
  | { readonly type: 'state-wanted'; readonly generation: number }

export type Message<S extends Session = Session> = MessageBody<S> & {
  readonly v: 1
  /** The sending tab's id. */
  readonly from: string
}

/** Why a message was not read. */
export type DropReason = 'garbled' | 'other-build'

/**
 * Leaves out what no message may carry: refresh tokens other than the handle, such as the
 * `provider_refresh_token` of a Supabase sign-in. Whoever needs those reads the record.
 */
export const toMessage = <S extends Session>(body: MessageBody<S>, from: string): Message<S> => {
  const message = { ...body, v: 1 as const, from }
  if (message.type !== 'session' || !message.session) return message
  const { session } = message
  const members = Object.entries(session.tokens).filter(([member]) => !member.includes('refresh_token'))
  const tokens = { ...Object.fromEntries(members), refresh_token: session.handle } as S
  return { ...message, session: { ...session, tokens } }
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads one value; undefined if it is not what it should be. */
type Parser = (value: unknown) => unknown

const only =
  (isRight: (value: unknown) => boolean): Parser =>
  (value) =>
    isRight(value) ? value : undefined

/** Reads the members that `parsers` name, and no others; null if one of them is not as it should be. */
export const pick = <T>(raw: unknown, parsers: { readonly [K in keyof T]-?: Parser }): T | null => {
  if (!isFields(raw)) return null
  const members = Object.entries<Parser>(parsers).map(([key, parse]) => [
    key,
    Object.hasOwn(raw, key) ? parse(raw[key]) : undefined,
  ])
  return members.some(([, value]) => value === undefined) ? null : Object.fromEntries(members)
}

export const count = only((value) => Number.isSafeInteger(value) && (value as number) >= 0)
export const text = only(isText)
export const number = only(Number.isFinite)
const flag = only((value) => typeof value === 'boolean')
export const orNull =
  (parse: Parser): Parser =>
  (value) =>
    value === null ? value : (parse(value) ?? undefined)

export const parseHeld = <S extends Session>(raw: unknown): HeldSession<S> | null =>
  pick<HeldSession<S>>(raw, {
    tokens: (tokens) => (pick(tokens, { access_token: text, refresh_token: text }) ? tokens : undefined),
    handle: text,
    grantedAtMs: number,
    lifetimeMs: number,
    rotation: count,
  })

export const parseFailure = (raw: unknown): Failure | null =>
  pick<Failure>(raw, {
    sinceMs: number,
    attempts: number,
    lastAttemptMs: number,
    nextAttemptMs: number,
    notBeforeMs: number,
    code: text,
  })

const parseBody = <S extends Session>(type: Message['type'], raw: unknown): MessageBody<S> | null => {
  if (type === 'state-wanted') {
    const has = pick<{ generation: number }>(raw, { generation: count })
    return has && { type, ...has }
  }
  if (type === 'grant-wanted') {
    const asked = pick<{ rotation: number }>(raw, { rotation: count })
    return asked && { type, ...asked }
  }
  if (type !== 'session') return null
  const view = pick<View<S>>(raw, {
    generation: count,
    session: orNull(parseHeld),
    endReason: text,
    failure: orNull(parseFailure),
    durable: flag,
  })
  return view && !(view.session && view.session.rotation > view.generation) ? { type, ...view } : null
}

/** Reads a message from the channel, or says why it is not one. */
export const parseMessage = <S extends Session>(raw: unknown): Message<S> | DropReason => {
  const head = pick<Pick<Message, 'v' | 'from' | 'type'>>(raw, { v: count, from: text, type: text })
  if (!head) return 'garbled'
  if (head.v !== 1) return 'other-build'
  const body = parseBody<S>(head.type, raw)
  return body ? { ...body, v: 1, from: head.from } : 'garbled'
}
