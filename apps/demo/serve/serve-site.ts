import { type PreviewServer, type ProxyOptions, preview } from 'vite'
import { forward } from './forward.ts'

interface Site {
  readonly root: string
  /** The built pages. */
  readonly outDir: string
  /** The first port to try. */
  readonly port: number
  /** Servers, by the prefix of the site's address under which each is found. `servers.json` has the list. */
  readonly routes: Readonly<Record<string, string>>
  readonly proxy: Record<string, ProxyOptions>
}

/** Serves the built pages, with servers under prefixes of the same address. */
export function serveSite({ root, outDir, port, routes, proxy }: Site): Promise<PreviewServer> {
  return preview({
    root,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: false, proxy },
    plugins: [
      {
        name: 'solotab-demo',
        configurePreviewServer({ middlewares }) {
          // Their names change with their contents, and sixty frames shall not ask for them sixty times.
          middlewares.use('/assets', (_request, response, next) => {
            response.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
            next()
          })
          for (const [prefix, target] of Object.entries(routes)) middlewares.use(forward(prefix, target))
          middlewares.use('/servers.json', (_request, response) => {
            response.setHeader('Content-Type', 'application/json').end(JSON.stringify(routes))
          })
        },
      },
    ],
  })
}
