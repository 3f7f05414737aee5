// The size budget of issue 2: what an app downloads for core and core/supabase together, with both dependencies.
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './command.ts'

const budgetBytes = 12 * 1000 // 12 kB
const core = join(root, 'packages/core')

async function measure(specifiers: readonly string[]): Promise<number> {
  // Namespaces rather than `export *`: no name can shadow another one and drop out of the sum.
  const contents = specifiers.map((specifier, i) => `export * as entry${i} from '${specifier}'`).join('\n')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: core },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    conditions: ['@solotab/source', 'browser'],
    external: ['@supabase/supabase-js'],
    legalComments: 'none',
    logLevel: 'error',
  })
  const [bundle] = outputFiles
  if (!bundle) throw new Error('esbuild made no bundle')
  return gzipSync(bundle.contents, { level: constants.Z_BEST_COMPRESSION }).length
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
