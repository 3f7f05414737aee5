// `pnpm bench`: medians on this machine, of real tabs in one headless Chromium. It measures and never judges.

import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { grantsPerRotation } from './grants.ts'
import { idleMessages } from './idle.ts'
import { newTabMs } from './new-tab.ts'
import { spread } from './spread.ts'
import { ms } from './statistics.ts'
import { frozenLeaderMs, takeOverMs } from './take-over.ts'

await build({ configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)), logLevel: 'error' })

const row = (what: string, ...figures: string[]) => console.log(`| ${[what, ...figures].join(' | ')} |`)

row('one expiry, all tabs ask: grants that reach the server', 'supabase-js', 'with Solotab')
row('---', '---', '---')
for (const tabs of [2, 10, 50]) {
  row(
    `${tabs} tabs`,
    `${await grantsPerRotation(tabs, 'stock')}`,
    `${await grantsPerRotation(tabs, 'solotab')}`,
  )
}

console.log()
row(
  'from the answer to the last tab having the token',
  'Solotab',
  'one raw BroadcastChannel message',
  'ratio',
)
row('---', '---', '---', '---')
for (const tabs of [2, 8, 20]) {
  const { solotabMs, rawMs } = await spread(tabs)
  row(`${tabs} tabs`, ms(solotabMs), ms(rawMs), (solotabMs / rawMs).toFixed(1))
}

console.log()
row('what', 'supabase-js', 'with Solotab')
row('---', '---', '---')
row(
  'a new tab, from making the client to its first `getSession()`',
  ms(await newTabMs('stock')),
  ms(await newTabMs('solotab')),
)
row('leader closed mid-grant, until the next grant is sent', '', ms(await takeOverMs('close')))
row('leader crashed mid-grant, until the next grant is sent', '', ms(await takeOverMs('crash')))
row('leader frozen, until a follower has rotated', '', ms(await frozenLeaderMs()))
row('channel messages of 10 tabs in an idle minute', '', `${await idleMessages(10)}`)
