import { expect, test } from 'vitest'
import type { FromLab } from '../protocol/messages.ts'
import { Orders } from './orders.ts'

function bench() {
  const sent: FromLab[] = []
  const line = { post: (message: FromLab) => void sent.push(message), listen: () => {} }
  const orders = new Orders(line)
  const lastId = () => {
    const last = sent.at(-1)
    return last?.type === 'command' ? last.id : ''
  }
  return { orders, lastId }
}

test('an order is carried out when every pane has answered', async () => {
  const { orders, lastId } = bench()
  const given = orders.give(['stock-1', 'stock-2'], { do: 'load' })
  orders.answered(lastId(), 'stock-1', null)
  orders.answered(lastId(), 'stock-2', 'refused')
  expect([...(await given)]).toEqual([
    ['stock-1', null],
    ['stock-2', 'refused'],
  ])
})

test('nobody waits for a pane that was closed', async () => {
  const { orders, lastId } = bench()
  const given = orders.give(['stock-1', 'stock-2'], { do: 'load' })
  orders.gone('stock-1')
  orders.answered(lastId(), 'stock-2', null)
  expect([...(await given)]).toEqual([['stock-2', null]])
})

test('an order to nobody is carried out', async () => {
  expect((await bench().orders.give([], { do: 'load' })).size).toBe(0)
})
