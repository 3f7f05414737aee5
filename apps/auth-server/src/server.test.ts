import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startAuthServer } from './server.ts'
import { TestServer } from './test-support.ts'

it('listens on the port that it says', async () => {
  const { server } = await TestServer.start()
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  expect((await fetch(`${server.url}/auth/v1/health`)).status).toBe(200)
})

it('fails to start on a port that is taken', async () => {
  const { server } = await TestServer.start()
  await expect(startAuthServer({ port: server.port })).rejects.toMatchObject({ code: 'listen_failed' })
})

it('close() ends hanging requests, streams and websockets', async () => {
  const server = await TestServer.start()
  const { url, state } = server.server
  const { refresh_token } = await server.signIn()
  for (const kind of ['hang', 'hang-after-commit']) await server.control('POST', '/faults', { kind })
  const hanging = [server.refresh(refresh_token), server.refresh(refresh_token)]
  const stream = (await fetch(`${url}/control/stream`)).text()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/realtime/v1/websocket`)
  await once(socket, 'open')
  while (state.grantLog.entries.length < 3) await server.auth('GET', '/health')
  const closed = once(socket, 'close')
  await server.server.close()
  const ends = await Promise.allSettled([...hanging, stream])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await closed
})

it('close() may be called twice', async () => {
  const { server } = await TestServer.start()
  await Promise.all([server.close(), server.close()])
  await server.close()
  await expect(fetch(server.url)).rejects.toThrow()
})
