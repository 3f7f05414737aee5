import { expect, it } from 'vitest'
import { TestServer } from '../test-support.ts'

/** Reads server-sent events one by one. */
async function open(server: TestServer) {
  const response = await fetch(`${server.server.url}/control/stream`)
  if (!response.body) throw new Error('the stream has no body')
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    contentType: response.headers.get('Content-Type'),
    /** The next event, or null when the stream has ended. */
    async next(): Promise<{ event: string; data: unknown } | null> {
      while (!text.includes('\n\n')) {
        const { done, value } = await chunks.read()
        if (done) return null
        text += value
      }
      const end = text.indexOf('\n\n')
      const [event = '', data = ''] = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      return { event: event.replace('event: ', ''), data: JSON.parse(data.replace('data: ', '')) }
    },
  }
}

it('begins with the history, and goes on with every grant and every update', async () => {
  const server = await TestServer.start()
  const { refresh_token } = await server.signIn()
  const stream = await open(server)
  expect(stream.contentType).toBe('text/event-stream')
  expect(await stream.next()).toMatchObject({
    event: 'snapshot',
    data: { grants: [{ id: 1, outcome: 'issued' }] },
  })
  await server.control('POST', '/faults', { kind: 'drop-answer' })
  await server.refresh(refresh_token).catch(() => undefined)
  const grant = { id: 2, grantType: 'refresh_token', outcome: 'rotated' }
  expect(await stream.next()).toMatchObject({
    event: 'grant',
    data: { grant: { ...grant, answerLost: false } },
  })
  expect(await stream.next()).toMatchObject({
    event: 'grant-updated',
    data: { grant: { ...grant, answerLost: true } },
  })
})

it('sends an empty snapshot after a reset', async () => {
  const server = await TestServer.start()
  await server.signIn()
  const stream = await open(server)
  await stream.next()
  await server.control('POST', '/reset')
  expect(await stream.next()).toEqual({ event: 'snapshot', data: { grants: [] } })
})

it('holds no token', async () => {
  const server = await TestServer.start()
  const first = await server.signIn()
  const second = await server.refreshed(first.refresh_token)
  const text = JSON.stringify(await (await open(server)).next())
  const tokens = [first, second].flatMap((each) => [each.access_token, each.refresh_token])
  expect(tokens.filter((token) => text.includes(token))).toHaveLength(0)
})
