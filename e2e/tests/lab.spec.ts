import { type Demo, startDemo } from '../../apps/demo/start-demo.ts'
import { expect, test } from '../src/lab.ts'

type Counts = readonly [grants: number, refused: number, limited: number, signedOut: number]

/** For each scenario what both sides come to: the verdict, and the figures behind it. */
const EXPECTED: readonly {
  readonly id: string
  readonly stock: readonly [verdict: string, Counts]
  readonly solotab: readonly [verdict: string, Counts]
}[] = [
  {
    id: 'thirty-tabs-wake',
    stock: [
      'Costly 30 grants reached the server (1 rotated, 29 answered again); all 30 tabs are still signed in.',
      [30, 0, 0, 0],
    ],
    solotab: ['Holds 1 grant reached the server; all 30 tabs are still signed in.', [1, 0, 0, 0]],
  },
  {
    id: 'stale-tab',
    stock: [
      'Breaks Both tabs are signed out: 4 grants reached the server (2 rotated, 2 refused).',
      [4, 2, 0, 2],
    ],
    solotab: ['Holds 3 grants reached the server; both tabs are still signed in.', [3, 0, 0, 0]],
  },
  {
    id: 'leader-closed',
    stock: [
      'Costly 6 grants reached the server (1 rotated, 5 answered again); all 5 tabs are still signed in.',
      [6, 0, 0, 0],
    ],
    solotab: [
      'Holds 2 grants reached the server (1 rotated, 1 answered again); all 5 tabs are still signed in.',
      [2, 0, 0, 0],
    ],
  },
  {
    id: 'leader-frozen',
    stock: [
      'Costly 5 grants reached the server (1 rotated, 4 answered again); all 6 tabs are still signed in.',
      [5, 0, 0, 0],
    ],
    solotab: ['Holds 1 grant reached the server; all 6 tabs are still signed in.', [1, 0, 0, 0]],
  },
  {
    id: 'lost-answer',
    stock: [
      'Costly 7 grants reached the server (1 rotated, 6 answered again); all 6 tabs are still signed in.',
      [7, 0, 0, 0],
    ],
    solotab: [
      'Holds 2 grants reached the server (1 rotated, 1 answered again); all 6 tabs are still signed in.',
      [2, 0, 0, 0],
    ],
  },
  {
    id: 'offline-over-expiry',
    stock: [
      'Costly 6 grants reached the server (1 rotated, 5 answered again); all 6 tabs are still signed in.',
      [6, 0, 0, 0],
    ],
    solotab: ['Holds 1 grant reached the server; all 6 tabs are still signed in.', [1, 0, 0, 0]],
  },
  {
    id: 'rate-limit',
    stock: [
      'Costly 12 grants reached the server (1 rotated, 4 answered again, 7 met with 429); all 12 tabs are still signed in.',
      [12, 0, 7, 0],
    ],
    solotab: ['Holds 1 grant reached the server; all 12 tabs are still signed in.', [1, 0, 0, 0]],
  },
  {
    id: 'sign-out-elsewhere',
    stock: [
      'Holds All 6 tabs are signed out, the late answer brought nobody back, and no tab can say why.',
      [1, 0, 0, 6],
    ],
    solotab: [
      'Holds All 6 tabs are signed out, the late answer brought nobody back, and each can say why.',
      [1, 0, 0, 6],
    ],
  },
  {
    id: 'another-user',
    stock: ['Holds All 6 tabs show Grace: the late answer for Ada changed nothing.', [1, 0, 0, 0]],
    solotab: ['Holds All 6 tabs show Grace: the late answer for Ada changed nothing.', [1, 0, 0, 0]],
  },
  {
    id: 'account-banned',
    stock: [
      'Costly 6 grants reached the server (6 refused); all 6 tabs are signed out, and no tab can say why.',
      [6, 6, 0, 6],
    ],
    solotab: [
      'Holds 1 grant reached the server (1 refused); all 6 tabs are signed out, and each can say why.',
      [1, 1, 0, 6],
    ],
  },
]

// Playwright would take pictures of sixty frames at every step.
test.use({ trace: 'off' })

let demo: Demo
test.beforeAll(async () => {
  demo = await startDemo({ port: 5373 })
})
test.afterAll(() => demo.close())

test.describe('every scenario, on both sides at once', () => {
  for (const { id, ...sides } of EXPECTED) {
    test(id, async ({ lab }) => {
      await lab.open(demo, `?scenario=${id}`)
      await lab.ended()
      for (const side of ['stock', 'solotab'] as const) {
        const [verdict, counts] = sides[side]
        expect.soft(await lab.verdict(side)).toBe(verdict)
        expect.soft(await lab.counts(side)).toEqual(counts)
        expect.soft(lab.grantsAtServer(demo, side)).toBe(counts[0])
      }
    })
  }

  test('a leader that is frozen makes no grant, and a follower does', async ({ lab }) => {
    await lab.open(demo, '?scenario=leader-frozen')
    await lab.ended()
    const labels = (kind: string) =>
      lab
        .side('solotab')
        .locator(`[data-kind="${kind}"]`)
        .evaluateAll((marks) => marks.map((mark) => mark.ariaLabel?.split(',')[0]))
    const [leader] = await labels('leader')
    expect(await labels('frozen')).toEqual([leader])
    expect(await labels('thawed')).toEqual([leader])
    const [rotated, ...others] = await labels('rotated')
    expect(others).toEqual([])
    expect(rotated).toMatch(/^Tab \d$/)
    expect(rotated).not.toBe(leader)
  })

  test('the lab has no other', async ({ lab }) => {
    await lab.open(demo)
    const titles = lab.page.getByRole('region', { name: 'Scenarios' }).getByRole('button')
    await expect(titles).toHaveCount(EXPECTED.length)
  })
})
