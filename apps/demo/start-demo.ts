import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuthServer, startAuthServer } from '@solotab/auth-server'
import { build, loadEnv } from 'vite'
import { serveSite } from './serve/serve-site.ts'

/** A running demo. */
export interface Demo {
  readonly url: string
  /** The real project that it runs against; null: its own servers. */
  readonly project: string | null
  /** One for each side of the lab, so that neither meets the other's traffic, and one for the notes. Null with a real project. */
  readonly servers: Readonly<Record<'stock' | 'solotab' | 'notes', AuthServer>> | null
  close(): Promise<void>
}

const FIRST_PORT = 5173

/**
 * Builds the pages and serves them, with servers of its own unless `VITE_SUPABASE_URL` and `VITE_SUPABASE_KEY` name a
 * project.
 * @param options.port The first port to try; the next free one is taken. Default 5173.
 */
export async function startDemo({ port = FIRST_PORT }: { port?: number } = {}): Promise<Demo> {
  const root = import.meta.dirname
  const project = projectIn(loadEnv('production', root))
  const servers = project ? null : await startOwnServers()
  // A folder of its own: two demos that start at once do not build into each other's.
  const outDir = await mkdtemp(join(tmpdir(), 'solotab-demo-'))
  const remove = () => rmSync(outDir, { recursive: true, force: true })
  process.once('exit', remove) // Vite ends the process itself when it is told to
  const cleanUp = async () => {
    await Promise.all(Object.values(servers ?? {}).map((server) => server.close()))
    process.off('exit', remove)
    remove()
  }
  try {
    await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } })
    const routes = servers ? { '/stock': servers.stock.url, '/solotab': servers.solotab.url } : {}
    const proxy = servers ? routesTo(servers.notes) : {}
    const site = await serveSite({ root, outDir, port, routes, proxy })
    const address = site.httpServer.address()
    const actual = typeof address === 'object' && address ? address.port : port
    return {
      url: `http://127.0.0.1:${actual}/`,
      project,
      servers,
      async close() {
        await site.close()
        await cleanUp()
      },
    }
  } catch (error) {
    await cleanUp()
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

async function startOwnServers() {
  const [stock, solotab, notes] = await Promise.all([startOwnServer(), startOwnServer(), startOwnServer()])
  return { stock, solotab, notes }
}

/** As Supabase has it, but for a latency as of a real network. */
function startOwnServer(): Promise<AuthServer> {
  return startAuthServer({
    control: true,
    latencyMs: 120,
    users: ['ada', 'grace'].map((name) => ({
      email: `${name}@example.com`,
      password: 'one-session-many-tabs',
    })),
  })
}

/** The notes find their server at the page's own address: nothing need be configured. */
function routesTo({ url }: AuthServer) {
  const paths = ['/auth/v1', '/rest/v1', '/realtime/v1', '/control']
  return Object.fromEntries(paths.map((path) => [path, { target: url, ws: path === '/realtime/v1' }]))
}
