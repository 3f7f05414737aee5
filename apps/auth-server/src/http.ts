import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Handler } from 'hono'
import type { FaultKind } from './control/faults.ts'
import { ApiError } from './errors.ts'

/** What Hono hands to every handler here. */
export interface Env {
  Bindings: HttpBindings
  Variables: {
    /** The injected fault that this request has met, if any. */
    fault: FaultKind | null
  }
}

export type AppContext = Context<Env>
export type AppHandler = Handler<Env>

/** A request body, read member by member. */
export class Body {
  readonly #members: Readonly<Record<string, unknown>>

  constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members
  }

  has(name: string): boolean {
    return this.#members[name] !== undefined && this.#members[name] !== null
  }

  /**
   * A string member; '' when it is absent or null.
   * @throws {ApiError} 400 `bad_json`: it is something else.
   */
  string(name: string): string {
    const value = this.#members[name] ?? ''
    if (typeof value !== 'string') throw badJson(`${name} must be a string`)
    return value
  }

  /**
   * A boolean member, or `fallback` when it is absent.
   * @throws {ApiError} 400 `bad_json`
   */
  boolean(name: string, fallback: boolean): boolean {
    const value = this.#members[name] ?? fallback
    if (typeof value !== 'boolean') throw badJson(`${name} must be a boolean`)
    return value
  }

  /**
   * An object member; empty when it is absent.
   * @throws {ApiError} 400 `bad_json`
   */
  object(name: string): Record<string, unknown> {
    const value = this.#members[name] ?? {}
    if (!isRecord(value)) throw badJson(`${name} must be an object`)
    return value
  }
}

/**
 * Reads the body of a request to `/auth/v1`.
 * @throws {ApiError} 400 `bad_json`: it is not a JSON object.
 */
export async function readBody(c: AppContext): Promise<Body> {
  const value = parseJson(await c.req.text())
  if (!isRecord(value)) throw badJson('not a JSON object')
  return new Body(value)
}

/** Parses JSON; undefined for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a parsed value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The bearer token of a request (RFC 6750 section 2.1), or null. */
export function bearerToken(c: AppContext): string | null {
  return /^bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? null
}

/** The client's IP address. */
export function clientAddress(c: AppContext): string {
  return c.env.incoming.socket.remoteAddress ?? 'unknown'
}

/** Cuts the connection without an answer. Return what it returns. */
export function cutConnection(c: AppContext): Response {
  c.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

function badJson(reason: string): ApiError {
  // The reason names no content of the body: a token could be in it.
  return new ApiError(400, 'bad_json', `Could not parse request body as JSON: ${reason}`)
}
