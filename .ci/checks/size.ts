// The size budget: what an app built by Vite downloads for core and core/supabase together, with both dependencies.
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { build, defaultClientConditions } from 'vite'
import { root } from './command.ts'

const budgetBytes = 12 * 1000 // 12 kB
const core = join(root, 'packages/core')
const entry = 'virtual:entry'

async function measure(specifiers: readonly string[]): Promise<number> {
  const contents = specifiers.map((specifier) => `export * from '${specifier}'`).join('\n')
  const result = await build({
    root: core,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? join(core, 'entry.js') : null),
        load: (id) => (id === join(core, 'entry.js') ? contents : null),
      },
    ],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        external: ['@supabase/supabase-js'],
      },
    },
  })
  if (!('output' in result)) throw new Error('Vite made no single bundle')
  const code = result.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')
  return gzipSync(code, { level: constants.Z_BEST_COMPRESSION }).length
}

const alone = ['@solotab/core', '@solotab/core/supabase']
for (const specifier of alone) console.log(`${specifier}: ${await measure([specifier])} bytes`)
const total = await measure(alone)
console.log(
  `both together: ${total} of ${budgetBytes} bytes, minified and gzipped, with broadcast-channel and idb-keyval`,
)
if (total > budgetBytes) {
  console.error(`Over the size budget by ${total - budgetBytes} bytes.`)
  process.exitCode = 1
}
