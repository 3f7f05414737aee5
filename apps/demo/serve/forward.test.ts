import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { forward } from './forward.ts'

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function forwarding(listener: RequestListener): Promise<string> {
  const handler = forward('/stock', await listening(listener))
  return listening((request, response) =>
    handler(request, response, () => void response.writeHead(404).end('not mine')),
  )
}

test('what is under the prefix is handed on, with its method, headers and body', async () => {
  const url = await forwarding(async (request, response) => {
    const chunks = await request.toArray()
    response.writeHead(201, { 'X-Seen': `${request.method} ${request.url} ${request.headers.referer}` })
    response.end(Buffer.concat(chunks))
  })
  const answer = await fetch(`${url}/stock/auth/v1/token?a=b`, {
    method: 'POST',
    body: 'hello',
    headers: { Referer: 'http://page/?tab=stock-1' },
  })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('X-Seen')).toBe('POST /auth/v1/token?a=b http://page/?tab=stock-1')
  expect(await answer.text()).toBe('hello')
})

test('what is not under the prefix is left to others', async () => {
  const url = await forwarding((_request, response) => void response.end('mine'))
  expect((await fetch(`${url}/stocks`)).status).toBe(404)
})

test('a connection that the server cuts is cut for the browser', async () => {
  const url = await forwarding((request) => void request.socket.destroy())
  await expect(fetch(`${url}/stock/x`)).rejects.toThrow('fetch failed')
})

test('a browser that goes away is gone for the server', async () => {
  const gone = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const url = await forwarding((_request, response) => {
    response.on('close', () => gone.resolve())
    arrived.resolve()
  })
  const leaving = new AbortController()
  const answer = fetch(`${url}/stock/x`, { signal: leaving.signal })
  await arrived.promise
  leaving.abort()
  await expect(answer).rejects.toThrow('aborted')
  await gone.promise
})
