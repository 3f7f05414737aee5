import { GrantUnavailable } from '../../errors.ts'
import { EAGER_GAP_MS, type EndReason, type SessionRecord } from '../../record.ts'
import type { FakeTab } from '../fake-tab.ts'
import type { FakeWorld } from '../fake-world.ts'
import type { SentGrant } from '../model-server.ts'
import { familyOf, recordIn, versionOf } from './record-in.ts'
import { FORGED, FORGED_NEXT } from './strangers.ts'

/** Looks at everything that happens, as it happens. */
export interface Checks {
  /** What the app has done, and the user, which explains how a session ends. */
  readonly done: { signOuts: number; wipes: number }
  /** When the record was last changed. */
  writtenMs(): number
  /** The refresh token that was stored last. */
  currentToken(): string
  watchTab(tab: FakeTab): void
  /** I8: a token that `getAccessToken` gave has to be valid for so long. */
  given(accessToken: string, minValidityMs: number): void
  /** Real time at which the server stops accepting an access token. */
  expiryOf(accessToken: string): number
}

const HOLD_MS = 13_000

export const createChecks = (world: FakeWorld, lifetimeMs: number): Checks => {
  const { loop, server, watch } = world
  const done = { signOuts: 0, wipes: 0 }
  let signedOut = 0
  let current = ''
  let writtenMs = 0
  /** The access token of each generation; null if it has no session. */
  const history = new Map<number, string | null>()
  const shown = new Map<FakeTab, { generation: number; accessToken: string | null }>()
  /** Sign-ins that have ended, and in which generation. */
  const ended = new Map<string, number>()

  const explains = (reason: EndReason, refreshToken: string): boolean => {
    if (reason === 'signed-out') return ++signedOut <= done.signOuts
    if (reason === 'storage-cleared') return done.wipes > 0
    if (reason === 'no-session' || reason === 'signed-out-elsewhere') return false
    return server.sent.some((grant) => grant.refreshToken === refreshToken && isFinal(grant))
  }

  world.onWrite = (before, after) => {
    writtenMs = loop.nowMs()
    const [was, is] = [recordIn(before), recordIn(after)]
    if (versionOf(before) > versionOf(after)) {
      watch.violate('I11', "a newer build's record was written over")
    }
    if (!is) return
    if (is.intent && is.intent.id !== was?.intent?.id) onClaim(is, is.intent.id)
    current = is.session?.tokens.refresh_token ?? ''
    history.set(is.generation, is.session?.tokens.access_token ?? null)
    const family = is.session && familyOf(is.session.tokens.refresh_token)
    const earlier = was?.session && familyOf(was.session.tokens.refresh_token)
    if (family && ended.has(family)) watch.violate('I6', 'a session that had ended is in the record again')
    if (!was?.session || !earlier || earlier === family) return
    ended.set(earlier, is.generation)
    if (!is.session && !explains(is.endReason, was.session.tokens.refresh_token)) {
      watch.violate('I5', `the session ended for no reason (${is.endReason})`)
    }
  }

  /** A tab that claims knows the newest tokens: those that it does not know it only had to read. */
  const onClaim = ({ session }: SessionRecord, intentId: string): void => {
    const tab = world.tabs.find(
      ({ coordinator }) => coordinator.tabId.split('-')[0] === intentId.split('-')[0],
    )
    const known = tab?.coordinator.current()
    if (known && session && known.rotation < session.rotation) {
      watch.violate('I1', 'a tab claims a grant where it only had to read')
    }
  }

  const onSnapshot = (tab: FakeTab): void => {
    const snapshot = tab.coordinator.getSnapshot()
    if (tab.gone || snapshot.status === 'loading') return
    const { generation } = snapshot
    const accessToken = snapshot.status === 'signed-in' ? snapshot.session.access_token : null
    const before = shown.get(tab)
    shown.set(tab, { generation, accessToken })
    if (before && generation < before.generation && before.accessToken !== FORGED_NEXT) {
      watch.violate('truth', 'a tab goes back to an older generation')
    }
    if (accessToken && (ended.get(familyOf(accessToken)) ?? Number.POSITIVE_INFINITY) <= generation) {
      watch.violate('I6', 'a tab shows a session that had ended')
    }
    if (accessToken?.startsWith(FORGED)) {
      // A tab without a store has nothing but messages.
      const mayShow = accessToken === FORGED_NEXT || watch.isSuspended('truth')
      if (!mayShow) watch.violate('I11', 'a tab shows what a forged message says')
    } else if (generation > 0 && history.get(generation) !== accessToken) {
      watch.violate('truth', `a tab shows what generation ${generation} never was`)
    }
  }

  /** What is sent is what is stored. The budget that all tabs share is in the record, too. */
  const onSend = (refreshToken: string): void => {
    if (current !== refreshToken && familyOf(current) === familyOf(refreshToken)) {
      watch.violate('I2', 'a refresh token is sent that has been replaced')
    }
    // A sign-out after the claim takes the failure along; its grant goes out all the same, and changes nothing.
    if (current !== refreshToken) return
    const noted = recordIn(world.disk.raw)?.failure
    const last = server.sent.findLast((grant) => grant.refreshToken === refreshToken)
    // A page that froze before it noted its failure is overtaken when its intent ends.
    if (last && failed(last) && loop.nowMs() - last.atMs < HOLD_MS) {
      if (!noted) watch.violate('I9', 'an attempt after one that failed, which was not noted')
      const retryAfterMs = last.error instanceof GrantUnavailable ? (last.error.retryAfterMs ?? 0) : 0
      if (loop.nowMs() < last.answeredAtMs + retryAfterMs) {
        watch.violate('I9', 'an attempt before the time that the server named')
      }
    }
    if (!noted) return
    const earliestMs = Math.min(noted.lastAttemptMs + EAGER_GAP_MS, noted.nextAttemptMs)
    const earlyMs = Math.max(noted.notBeforeMs, earliestMs) - world.wallMs()
    if (earlyMs > 0) watch.violate('I9', `an attempt ${earlyMs} ms too early`)
  }

  const messages = createMeter(() => watch.violate('storm', 'the tabs post message after message'))
  world.onPost = () => messages.count(loop.nowMs())

  const { sending } = watch
  watch.sending = (sent, refreshToken, nowMs, holdMs) => {
    sending(sent, refreshToken, nowMs, holdMs)
    onSend(refreshToken)
  }

  const checks: Checks = {
    done,
    writtenMs: () => writtenMs,
    currentToken: () => current,
    watchTab(tab) {
      tab.coordinator.subscribe(() => onSnapshot(tab))
      const grants = createMeter(() => watch.violate('storm', 'a tab begins grant after grant'))
      tab.coordinator.onDiagnostic(({ type }) => type === 'grant-started' && grants.count(loop.nowMs()))
    },
    given(accessToken, minValidityMs) {
      const leftMs = checks.expiryOf(accessToken) - loop.nowMs()
      if (leftMs < minValidityMs || leftMs <= 0) {
        watch.violate('I8', `a token that is valid for ${leftMs} ms, where ${minValidityMs} ms were asked`)
      }
    },
    expiryOf: (accessToken) => Number(accessToken.split('-at-')[1]) + lifetimeMs,
  }
  return checks
}

/** More of anything in a second than any schedule asks for. */
const STORM = 200

/** Calls back when something happens far too often. */
const createMeter = (onStorm: () => void) => {
  let second = 0
  let counted = 0
  return {
    count(nowMs: number): void {
      const now = Math.floor(nowMs / 1000)
      counted = now === second ? counted + 1 : 1
      second = now
      if (counted === STORM) onStorm()
    },
  }
}

/** Did the page hear an error, and could it tell the others? */
const failed = ({ decision, fate, isLost }: SentGrant): boolean =>
  (decision === 'error' || isLost) && fate === 'answered'

const isFinal = ({ error }: SentGrant): boolean => error instanceof Error && error.name === 'GrantRefused'
