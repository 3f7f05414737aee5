import { type AuthServer, startAuthServer } from '@solotab/auth-server'
import { build, loadEnv, preview } from 'vite'

/** A running demo. */
export interface Demo {
  readonly url: string
  /** The real project that it runs against; null: its own server. */
  readonly project: string | null
  close(): Promise<void>
}

const FIRST_PORT = 5173

/** Long enough that supabase-js alone, which refreshes in the last 90 s, is not made to look bad. */
const ACCESS_TOKEN_SECONDS = 5 * 60 // 5 minutes, the shortest that Supabase recommends

/**
 * Builds the page and serves it, with a server of its own unless `VITE_SUPABASE_URL` and `VITE_SUPABASE_KEY` name a
 * project.
 * @param options.port The first port to try; the next free one is taken. Default 5173.
 */
export async function startDemo({ port = FIRST_PORT }: { port?: number } = {}): Promise<Demo> {
  const root = import.meta.dirname
  const project = projectIn(loadEnv('production', root))
  const authServer = project ? null : await startOwnServer()
  try {
    await build({ root, logLevel: 'warn' })
    const site = await preview({
      root,
      logLevel: 'warn',
      preview: { host: '127.0.0.1', port, strictPort: false, proxy: authServer ? routesTo(authServer) : {} },
    })
    const address = site.httpServer.address()
    const actual = typeof address === 'object' && address ? address.port : port
    return {
      url: `http://127.0.0.1:${actual}/`,
      project,
      async close() {
        await Promise.all([site.close(), authServer?.close()])
      },
    }
  } catch (error) {
    await authServer?.close()
    throw error
  }
}

function projectIn(env: Record<string, string>): string | null {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_KEY: key } = env
  if (Boolean(url) !== Boolean(key)) {
    throw new Error('Set both VITE_SUPABASE_URL and VITE_SUPABASE_KEY for a real project, or neither.')
  }
  return url || null
}

function startOwnServer(): Promise<AuthServer> {
  return startAuthServer({
    control: true,
    accessTokenSeconds: ACCESS_TOKEN_SECONDS,
    reuseIntervalSeconds: 3, // 10 at Supabase: the stale tab need not wait as long
    latencyMs: 120,
    users: ['ada', 'grace'].map((name) => ({
      email: `${name}@example.com`,
      password: 'one-session-many-tabs',
    })),
  })
}

/** The page finds the server at its own address: `Referer` then names the tab, and nothing need be configured. */
function routesTo({ url }: AuthServer) {
  const paths = ['/auth/v1', '/rest/v1', '/realtime/v1', '/control']
  return Object.fromEntries(paths.map((path) => [path, { target: url, ws: path === '/realtime/v1' }]))
}
