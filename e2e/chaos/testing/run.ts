import type { GrantEntry } from '@solotab/auth-server'
import type { Evidence } from '../evidence.ts'
import { Journal, type Trouble } from '../journal.ts'
import type { FactBody } from '../page/fact.ts'
import type { RestRequest } from '../rest-watch.ts'
import { judge } from '../verdict.ts'

export const FIRST = 'tab-1-load.1'
export const SECOND = 'tab-2-load.1'
export const LIMIT_MS = 6000

/** A run in which one rotation went well, for tests to add to. */
export class Run {
  readonly journal = new Journal()
  readonly grants: GrantEntry[] = []
  readonly requests: RestRequest[] = []
  inStep: boolean | null = true
  minutes = 1

  constructor() {
    this.journal.signIns.push({ fromMs: 0, session: 'session' })
    this.serve('tab-0-load.1', 100)
    this.tell('tab-0-load', 250, { type: 'query-ended', askedMs: 150, outcome: 'answered' })
  }

  tell(load: string, atMs: number, body: FactBody): void {
    this.journal.facts.push({ load, atMs, ...body })
  }

  trouble(trouble: Trouble, load: string, fromMs: number, toMs = Number.POSITIVE_INFINITY): void {
    this.journal.spells.push({ trouble, load, fromMs, toMs })
  }

  send(grant: string, atMs: number, presented = 'one'): void {
    this.tell(grant.slice(0, -2), atMs, { type: 'grant-sent', grant, presented })
  }

  store(grant: string, atMs: number): void {
    this.tell(grant.slice(0, -2), atMs, { type: 'grant-ended', grant, outcome: 'rotated', code: null })
  }

  serve(tab: string, atMs: number, entry: Partial<GrantEntry> = {}): void {
    const id = this.grants.length + 1
    const plain = {
      grantType: 'refresh_token',
      sessionId: 'session',
      code: null,
      httpStatus: 200,
      fault: null,
    }
    const rest = { outcome: 'rotated', reuse: false, answerLost: false, userAgent: null } as const
    this.grants.push({ id, atMs, tab, ...plain, ...rest, ...entry })
  }

  refuse(validForMs: number): void {
    this.tell('tab-1-load', 5000, { type: 'query-sent', sending: 'tab-1-load.2', validForMs })
    this.requests.push({ sending: 'tab-1-load.2', arrivedMs: 9000, status: 401, expiresMs: 0 })
  }

  get evidence(): Evidence {
    const { journal, grants, requests, inStep, minutes } = this
    return {
      algorithm: 'v1',
      mode: 'solotab',
      minutes,
      seconds: 60,
      endedMs: 60_000,
      kinds: ['open', 'crash'],
      requestTimeoutMs: LIMIT_MS,
      guaranteedMs: 3000,
      journal,
      grants,
      requests,
      inStep,
    }
  }

  get verdict() {
    const verdict = judge(this.evidence)
    return { ...verdict, broken: verdict.bars.filter(({ held }) => !held).map(({ name }) => name) }
  }
}
