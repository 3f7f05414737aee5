import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BUILT = fileURLToPath(new URL('../.cache/app', import.meta.url))
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

export interface AppServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves a built page on loopback, that of `e2e/app` by default; `/download` leaves the page where it is, `/elsewhere` is
 * another page.
 * @param prelude A script that pages run before their own, for browsers whose driver cannot inject one.
 */
export async function startAppServer(built = BUILT, prelude: () => string = () => ''): Promise<AppServer> {
  const http = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://app')
    if (pathname === '/download') {
      response.writeHead(200, { 'Content-Disposition': 'attachment; filename="report.txt"' }).end('report')
      return
    }
    if (pathname === '/elsewhere') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>elsewhere</title>')
      return
    }
    const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname
    try {
      const read = await readFile(join(built, file))
      const script = extname(file) === '.html' ? prelude() : ''
      const body = script ? read.toString().replace('<head>', () => `<head><script>${script}</script>`) : read
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    port: (http.address() as AddressInfo).port,
    async close() {
      const closed = once(http, 'close')
      http.close()
      http.closeAllConnections()
      await closed
    },
  }
}
