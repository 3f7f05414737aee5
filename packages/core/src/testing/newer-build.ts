import type { Decision, Ports, RecordStore } from '../ports.ts'

const NEWER = 2
const OWN = 1

const isOf = (version: number, value: unknown): value is { v: number; intent?: unknown } =>
  typeof value === 'object' && value !== null && 'v' in value && value.v === version

/** What a newer build has stored or posted, as this build would have; anything else as it is. */
export const inOwnFormat = (value: unknown): unknown => (isOf(NEWER, value) ? { ...value, v: OWN } : value)

/**
 * The ports of a build to come, which stores and posts in a format that this build does not know. It understands this
 * build's, and goes over to its own with a change of the record, but not while a grant of this build may be in flight,
 * since that could not store its answer any more. Until then it speaks as this build does.
 */
export const portsOfNewerBuild = (ports: Ports): Ports => {
  let format = OWN
  const read = (raw: unknown): unknown => {
    format = isOf(NEWER, raw) ? NEWER : OWN
    return inOwnFormat(raw)
  }
  return {
    clock: ports.clock,
    random: ports.random,
    page: ports.page,
    joinElection: ports.joinElection,
    get locks() {
      return ports.locks
    },
    get store() {
      const store: RecordStore = ports.store
      return {
        read: async () => read(await store.read()),
        transact: <T>(decide: (raw: unknown) => Decision<T>) =>
          store.transact((raw) => {
            const decision = decide(read(raw))
            if (!('write' in decision)) return decision
            if (!(isOf(OWN, raw) && raw.intent)) format = NEWER
            return { ...decision, write: { ...Object(decision.write), v: format } }
          }),
      }
    },
    openTransport(onMessage) {
      const { post, close } = ports.openTransport((raw) => onMessage(inOwnFormat(raw)))
      return { close, post: (message) => post({ ...Object(message), v: format }) }
    },
  }
}
