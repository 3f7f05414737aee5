import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ANON_KEY } from '../anon-key.ts'
import { claimsOf, FakeClock, TestServer } from '../test-support.ts'

async function connect(server: TestServer) {
  const url = server.server.url.replace('http', 'ws')
  const socket = new WebSocket(`${url}/realtime/v1/websocket?apikey=${ANON_KEY}&vsn=2.0.0`)
  await once(socket, 'open')
  const send = (event: string, payload: object) => {
    socket.send(JSON.stringify(['1', '2', 'realtime:room', event, payload]))
  }
  return {
    socket,
    send,
    async ask(event: string, payload: object = {}): Promise<unknown> {
      send(event, payload)
      const [data] = (await once(socket, 'message')) as [Buffer]
      return JSON.parse(data.toString())
    },
  }
}

it.each(['phx_join', 'heartbeat', 'phx_leave'])('%s is answered ok', async (event) => {
  const server = await TestServer.start()
  const { ask } = await connect(server)
  expect(await ask(event)).toMatchObject(['1', '2', 'realtime:room', 'phx_reply', { status: 'ok' }])
})

it('a client of protocol version 1.0.0, which sends objects, is answered in its own form', async () => {
  const server = await TestServer.start()
  const { socket } = await connect(server)
  const topic = 'realtime:room'
  socket.send(JSON.stringify({ topic, event: 'phx_join', payload: {}, ref: '2', join_ref: '1' }))
  const [data] = (await once(socket, 'message')) as [Buffer]
  const payload = { status: 'ok', response: { postgres_changes: [] } }
  expect(JSON.parse(data.toString())).toEqual({
    topic,
    event: 'phx_reply',
    payload,
    ref: '2',
    join_ref: '1',
  })
})

it('a join for table changes gets its filters back with ids', async () => {
  const server = await TestServer.start()
  const { ask } = await connect(server)
  const filter = { event: '*', schema: 'public', table: 'notes' }
  const reply = await ask('phx_join', { config: { postgres_changes: [filter] } })
  const response = { postgres_changes: [{ id: 1, ...filter }] }
  expect(reply).toEqual(['1', '2', 'realtime:room', 'phx_reply', { status: 'ok', response }])
})

it('writes down which tokens were shown, and never the token', async () => {
  const clock = new FakeClock()
  const server = await TestServer.start({ nowMs: clock.nowMs, accessTokenSeconds: 60 })
  const { access_token } = await server.signIn()
  const { session_id: sessionId, iat } = claimsOf(access_token)
  const { ask, send } = await connect(server)
  await ask('phx_join', { access_token })
  await ask('phx_join', { access_token: ANON_KEY })
  await ask('phx_join', { access_token: 'nonsense' })
  clock.advanceSeconds(60)
  send('access_token', { access_token })
  while (server.server.state.realtimeLog.presented.length < 4) await ask('heartbeat')
  const { body, text } = await server.control('GET', '/realtime')
  const topic = 'realtime:room'
  expect(body.presented).toEqual([
    { atMs: clock.nowMs() - 60_000, event: 'phx_join', topic, state: 'valid', sessionId, iat },
    { atMs: clock.nowMs() - 60_000, event: 'phx_join', topic, state: 'anon', sessionId: null, iat: null },
    {
      atMs: clock.nowMs() - 60_000,
      event: 'phx_join',
      topic,
      state: 'invalid',
      sessionId: null,
      iat: null,
    },
    { atMs: clock.nowMs(), event: 'access_token', topic, state: 'expired', sessionId, iat },
  ])
  expect(text.includes(access_token)).toBe(false)
})

it('ignores what is not a Phoenix message', async () => {
  const server = await TestServer.start()
  const { socket, ask } = await connect(server)
  for (const message of ['{', '{}', '[1,2]', Buffer.from([3])]) socket.send(message)
  expect(await ask('heartbeat')).toMatchObject(['1', '2', 'realtime:room', 'phx_reply', { status: 'ok' }])
})

it('counts the websockets that are open', async () => {
  const server = await TestServer.start()
  const { socket, ask } = await connect(server)
  await ask('heartbeat')
  const count = async () => (await server.control('GET', '/stats')).body.realtime
  expect(await count()).toMatchObject({ connections: 1 })
  socket.close()
  await once(socket, 'close')
  while (server.server.state.realtimeLog.connections > 0) await server.auth('GET', '/health')
  expect(await count()).toMatchObject({ connections: 0 })
})
