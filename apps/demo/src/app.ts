import { reasonOf } from './page/reason.ts'
import { type Place, queryOf, ringOf, tabName, tabNumber } from './place.ts'
import { followGrants } from './server/grant-feed.ts'
import { applyGrantEvent, type FeedMessage } from './server/grants.ts'
import { describeExpiry, isRecent } from './server/herd.ts'
import type { Server } from './server/server.ts'
import { loadNote } from './session/actions.ts'
import { type Client, connect } from './session/client.ts'
import type { TabSession } from './session/tab-session.ts'
import { watchSession } from './session/watch.ts'
import { type AppState, initialState, type Sentence } from './state.ts'
import { createStore, type Store } from './store.ts'
import { openTabChannel, type TabChannel } from './tabs/channel.ts'
import { joinRing } from './tabs/presence.ts'

/** One tab of the demo. */
export interface App {
  readonly place: Place
  readonly server: Server
  readonly store: Store<AppState>
  readonly channel: TabChannel
  /** Null while the tab sleeps. */
  client(): Client | null
  say(sentence: Sentence): void
  /** What an action on the session came to: why it ended, if it has. */
  explain(reason: string | null): void
  /** Loads a note with an access token that the server may have expired. */
  onExpired(expiry: NonNullable<AppState['expiry']>): Promise<void>
}

const EVENTS = 40 // the newest

/** Joins the other tabs, follows the server's list and makes the client; shows nothing. */
export function createApp(place: Place, server: Server): App {
  const store = createStore(initialState(place))
  const channel = openTabChannel(ringOf(place))
  let client: Client | null = null

  const app: App = {
    place,
    server,
    store,
    channel,
    client: () => client,
    say: (sentence) => store.set({ banner: { kind: 'said', ...sentence } }),
    async onExpired(expiry) {
      store.set({ expiry })
      if (!client || store.get().session.status !== 'signed-in') return
      app.explain(await loadNote(client.supabase, store.get().tab))
    },
    explain(reason) {
      store.set({ lastError: store.get().session.status === 'signed-out' ? reason : null })
    },
  }

  const writeAddress = () => {
    const { tab, asleep } = store.get()
    history.replaceState(null, '', queryOf({ ...place, tab, asleep }))
  }
  const wake = () => {
    // A tab that slept has slept with a session.
    store.set({ asleep: false, wasSignedIn: place.asleep })
    writeAddress()
    client = connect(place, server)
    watchSession(client, {
      onSession: (session) => store.set(sessionChange(store.get(), session)),
      onEvent: (source, text) =>
        store.set({ events: [{ atMs: Date.now(), source, text }, ...store.get().events].slice(0, EVENTS) }),
    })
  }

  // The server knows this tab by its address, so that comes before the first request.
  writeAddress()
  announce(app, (tab) => {
    store.set({ tab, name: tabName(place, tab) })
    writeAddress()
  })
  if (server.hasControl) followGrants((message) => receiveGrants(app, message))
  channel.listen((message) => {
    if (message.type === 'expired') void app.onExpired(message.expiry)
    if (message.type === 'wake' && message.tab === store.get().tab && store.get().asleep) wake()
  })
  if (!place.asleep) wake()
  return app
}

/** The numbers of the open tabs. */
export const takenNumbers = ({ store }: App): number[] => store.get().tabs.map(({ tab }) => tab)

/** A session that ended is news, and a new one makes the old troubles forgotten. */
function sessionChange(before: AppState, session: TabSession): Partial<AppState> {
  if (session.status === 'signed-in') {
    const banner: AppState['banner'] = { kind: 'said', tone: 'info', text: `Signed in as ${session.email}.` }
    const isNews = before.session.status !== 'signed-in'
    return { session, wasSignedIn: true, ...(isNews ? { lastError: null, banner } : {}) }
  }
  const isNews = before.session.status !== 'signed-out' && before.wasSignedIn
  const ended = session.status === 'signed-out' && isNews
  return { session, ...(ended ? { banner: { kind: 'signed-out' } } : {}) }
}

/** Tells the other tabs how this one is, whenever that changes. */
function announce({ place, store, channel }: App, onNumber: (tab: number) => void): void {
  const cardOf = (state: AppState) => {
    const status = state.asleep ? ('asleep' as const) : state.session.status
    return { status, reason: status === 'signed-out' ? reasonOf(state) : null }
  }
  let told = cardOf(store.get())
  const presence = joinRing({
    channel,
    tab: place.tab ?? 1,
    status: told.status,
    onTabs: (tabs) => store.set({ tabs }),
    onNumber,
  })
  store.subscribe(() => {
    const card = cardOf(store.get())
    if (card.status === told.status && card.reason === told.reason) return
    told = card
    presence.update(card)
  })
}

function receiveGrants({ place, store, say }: App, message: FeedMessage): void {
  if (message.type === 'lost') {
    store.set({ feed: 'lost' })
    return
  }
  const ring = ringOf(place)
  const { grants, expiry, session } = store.get()
  const ours = applyGrantEvent(grants, message).filter((grant) => tabNumber(ring, grant.tab) !== null)
  store.set({ grants: ours, feed: 'live' })
  if (message.type !== 'grant' || session.status === 'signed-out') return
  const sentence = expiry && isRecent(expiry, Date.now()) ? describeExpiry(expiry, ours) : null
  if (sentence) say(sentence)
  else if (ours.includes(message.grant) && message.grant.outcome === 'rate-limited') {
    say({ tone: 'bad', text: 'The server refused a refresh: its rate limit is reached (429).' })
  }
}
