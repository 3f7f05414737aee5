import type { Diagnostic } from '../../diagnostics.ts'
import type { FakeTab } from '../fake-tab.ts'
import type { FakeWorld } from '../fake-world.ts'
import { recordIn, tokenNumber } from './record-in.ts'
import type { Trace } from './trace.ts'

/** Notes what tabs post, what is stored, and what the server decides. */
export const describeWorld = (world: FakeWorld, trace: Trace): void => {
  const { onPost, onWrite } = world
  world.onPost = (raw) => {
    onPost(raw)
    const { from, type, generation, session, failure } = Object(raw) as Record<string, unknown>
    const sender = /^tab(\d+)-/.exec(String(from))?.[1]
    const what =
      type === 'session' ? `g${generation}${session ? '' : ' ended'}${failure ? ' failing' : ''}` : type
    trace.note(sender ? Number(sender) : 'world', `posts ${what}`)
  }
  world.onWrite = (before, after) => {
    onWrite(before, after)
    trace.note('record', textOfRecord(after))
  }
  world.server.onDecided = (grant) => {
    trace.note(
      'server',
      `${tokenNumber(grant.refreshToken)}: ${grant.decision}${grant.isLost ? ', lost' : ''}`,
    )
  }
}

/** Notes what a tab's coordinator says of itself. */
export const describeTab = ({ coordinator }: FakeTab, index: number, trace: Trace): void => {
  coordinator.onDiagnostic((event) => trace.note(index, textOf(event)))
}

const textOfRecord = (raw: unknown): string => {
  const record = recordIn(raw)
  if (!record) return 'not ours'
  const { generation, session, endReason, intent, failure } = record
  const state = session ? tokenNumber(session.tokens.refresh_token) : endReason
  return `g${generation} ${state}${intent ? ` intent ${intent.id}` : ''}${failure ? ' failing' : ''}`
}

const textOf = (event: Diagnostic): string => {
  switch (event.type) {
    case 'leadership':
      return event.role
    case 'grant-started':
      return `grant (${event.cause})`
    case 'grant-sent':
      return event.tookOver ? 'sends, took over' : 'sends'
    case 'grant-ended':
      return `${event.outcome}${event.code ? ` (${event.code})` : ''}`
    case 'adopted':
      return `has g${event.generation} (${event.via})`
    case 'session-ended':
      return `ended: ${event.reason}`
    case 'message-dropped':
      return `drops: ${event.reason}`
    case 'storage-failed':
      return `store fails (${event.code})`
    case 'storage-restored':
      return 'store works'
  }
}
