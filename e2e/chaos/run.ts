import { startAuthServer } from '@solotab/auth-server'
import { startAppServer } from '../src/app-server.ts'
import { startChromiumByHand } from '../src/chromium-by-hand.ts'
import { seeded } from '../src/seeded.ts'
import { Crowd } from './crowd.ts'
import { comeInStep, drive, USER } from './drive.ts'
import type { Evidence } from './evidence.ts'
import { Journal } from './journal.ts'
import { ALGORITHMS, type Algorithm, type ChaosOptions } from './options.ts'
import { watchRest } from './rest-watch.ts'
import { REQUEST_TIMEOUT_MS, ServerActions } from './server-actions.ts'
import { tabActions } from './tab-actions.ts'

/** Short, so that a token expires in the middle of everything; Solotab's margins are parts of it. */
const TOKEN_LIFE_SECONDS = 30
/** Ten queries a second, shared by the tabs. */
const QUERY_SHARE_MS = 100
const SERVER_OPTIONS = {
  v1: { algorithm: 'v1' },
  v2: { algorithm: 'v2' },
  strict: { algorithm: 'v1', reuseIntervalSeconds: 0, parentRule: false },
} as const

/** One run against one kind of server, in a browser of its own. */
export async function runChaos(
  { seed, minutes, tabs: most, mode }: ChaosOptions,
  algorithm: Algorithm,
  executablePath: string,
  builtPage: string,
): Promise<Evidence> {
  const random = seeded(seed + ALGORITHMS.indexOf(algorithm))
  const journal = new Journal()
  const [server, appServer, chromium] = await Promise.all([
    startAuthServer({
      accessTokenSeconds: TOKEN_LIFE_SECONDS,
      rateLimit: null,
      users: [USER],
      ...SERVER_OPTIONS[algorithm],
    }),
    startAppServer(builtPage),
    startChromiumByHand(executablePath),
  ])
  const rest = watchRest(server.port)
  try {
    const user = server.state.store.findUserByEmail(USER.email)
    server.state.store.addNote(user?.id ?? '', 'what the user can see', Date.now())
    const origin = `http://127.0.0.1:${appServer.port}`
    const crowd = new Crowd(chromium.context, random, journal, (tab) => {
      const query = {
        tab,
        mode,
        server: server.url,
        requestTimeoutMs: String(REQUEST_TIMEOUT_MS),
        // All tabs together: a browser has six connections for one server, and what they cannot carry waits.
        everyMs: String(most * QUERY_SHARE_MS),
      }
      return `${origin}/?${new URLSearchParams(query)}`
    })
    const troubles = new ServerActions(server, random, journal)
    await crowd.open()
    const startedMs = Date.now()
    const actions = [...tabActions(most, `${origin}/elsewhere`), ...troubles.actions]
    await drive(crowd, troubles, actions, {
      untilMs: startedMs + minutes * 60 * 1000,
      most,
    })
    troubles.endDue(true)
    await crowd.endDue(true)
    const inStep = mode === 'stock' ? null : await comeInStep(crowd)
    const endedMs = Date.now()
    return {
      algorithm,
      mode,
      minutes,
      seconds: (endedMs - startedMs) / 1000,
      endedMs,
      kinds: actions.map(({ name }) => name),
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      // A tenth of the life, which Solotab takes for one second less than it is.
      guaranteedMs: (TOKEN_LIFE_SECONDS - 1) * 100,
      journal,
      grants: server.state.grantLog.entries.filter(({ grantType }) => grantType === 'refresh_token'),
      requests: [...rest.requests],
      inStep,
    }
  } finally {
    rest.stop()
    await chromium.close()
    await Promise.all([server.close(), appServer.close()])
  }
}
