import { expect, test } from 'vitest'
import { Gate } from './gate.ts'
import { holdNetwork } from './hold-network.ts'

function stagedPage() {
  const gate = new Gate()
  const network = { isOffline: false }
  const server = Promise.withResolvers<Response>()
  let arrived = 0
  const page = {
    fetch: () => {
      arrived += 1
      return server.promise
    },
  }
  holdNetwork(gate, network, page)
  return { gate, network, server, page, arrived: () => arrived }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a request of a frozen page goes out when it thaws', async () => {
  const { gate, page, server, arrived } = stagedPage()
  server.resolve(new Response('answer'))
  gate.freeze()
  const answer = page.fetch()
  await turn()
  expect(arrived()).toBe(0)
  gate.thaw()
  expect(await (await answer).text()).toBe('answer')
  expect(arrived()).toBe(1)
})

test('a request that was out is answered at the server, and for the page when it thaws', async () => {
  const { gate, page, server } = stagedPage()
  let isAnswered = false
  const answer = page.fetch().then(() => {
    isAnswered = true
  })
  await turn()
  gate.freeze()
  server.resolve(new Response())
  await turn()
  expect(isAnswered).toBe(false)
  gate.thaw()
  await answer
})

test('without a network nothing goes out, and an answer on its way is lost', async () => {
  const { network, page, server, arrived } = stagedPage()
  const underWay = page.fetch()
  await turn()
  network.isOffline = true
  server.resolve(new Response())
  await expect(underWay).rejects.toThrow('Failed to fetch')
  await expect(page.fetch()).rejects.toThrow('Failed to fetch')
  expect(arrived()).toBe(1)
})
