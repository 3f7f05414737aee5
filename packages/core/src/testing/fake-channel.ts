import type { Transport } from '../ports.ts'
import type { EventLoop, Owner } from './event-loop.ts'
import { frozenCopy } from './frozen-copy.ts'

/**
 * The delays, in milliseconds, after which a message arrives: none to drop it, two to deliver it twice.
 * Messages overtake each other when the delays differ.
 */
type Delivery = (from: Owner, to: Owner, message: unknown) => readonly number[]

export interface FakeChannel {
  delivery: Delivery
  /** Messages reach their sender as well. */
  echoes: boolean
  /** Everything that was posted. */
  readonly posted: unknown[]
  open(owner: Owner, onMessage: (raw: unknown) => void): Transport
  /** Posts as a page of another build would. */
  inject(message: unknown): void
  drop(owner: Owner): void
  countOf(owner: Owner): number
}

interface Member {
  readonly owner: Owner
  readonly onMessage: (raw: unknown) => void
}

const LATENCY_MS = 1

/**
 * A BroadcastChannel: to all others, in order unless `delivery` says otherwise.
 *
 * @param onPost Hears every message.
 */
export const createFakeChannel = (loop: EventLoop, onPost: (message: unknown) => void): FakeChannel => {
  let members: Member[] = []
  const stranger: Owner = { frozen: false, gone: false }

  const deliver = (from: Owner, sender: Member | null, message: unknown): void => {
    channel.posted.push(message)
    onPost(message)
    for (const member of members) {
      if (member === sender && !channel.echoes) continue
      for (const delayMs of channel.delivery(from, member.owner, message)) {
        loop.add('message', member.owner, delayMs, () => {
          if (members.includes(member)) member.onMessage(message)
        })
      }
    }
  }

  const channel: FakeChannel = {
    delivery: () => [LATENCY_MS],
    echoes: false,
    posted: [],
    open(owner, onMessage) {
      const member = { owner, onMessage }
      if (!owner.gone) members = [...members, member]
      const post = (message: unknown) => {
        if (members.includes(member)) deliver(owner, member, frozenCopy(message))
      }
      return {
        post,
        close() {
          members = members.filter((other) => other !== member)
        },
      }
    },
    inject: (message) => deliver(stranger, null, message),
    drop(owner) {
      members = members.filter((member) => member.owner !== owner)
    },
    countOf: (owner) => members.filter((member) => member.owner === owner).length,
  }
  return channel
}
