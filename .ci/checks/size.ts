// The size budgets: what an app built by Vite loads of core, core/supabase and their dependencies, and of react without
// its peers, which are React and core. The election by
// messages, with broadcast-channel, is a chunk of its own, which only pages without Web Locks load. Vite's preload
// helper is not counted: it is Vite's, and an app that loads anything on demand has it, once, with Solotab or without.
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { build, defaultClientConditions } from 'vite'
import { root } from './command.ts'

const budgetBytes = 12 * 1000 // 12 kB
const reactBudgetBytes = 2 * 1000 // 2 kB
const core = join(root, 'packages/core')
const react = join(root, 'packages/react')
const entry = 'virtual:entry'

const gzipped = (code: string): number => gzipSync(code, { level: constants.Z_BEST_COMPRESSION }).length

interface Measured {
  readonly loaded: number
  readonly onDemand: number
}

async function measure(
  specifiers: readonly string[],
  from = core,
  external: readonly (string | RegExp)[] = ['@supabase/supabase-js'],
): Promise<Measured> {
  const contents = specifiers.map((specifier) => `export * from '${specifier}'`).join('\n')
  const result = await build({
    root: from,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? join(from, 'entry.js') : null),
        load: (id) => (id === join(from, 'entry.js') ? contents : null),
      },
      {
        name: 'no-preload-helper',
        enforce: 'pre',
        load: (id) =>
          id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load()' : null,
      },
    ],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        external: [...external],
      },
    },
  })
  if (!('output' in result)) throw new Error('Vite made no single bundle')
  const chunks = result.output.filter((chunk) => chunk.type === 'chunk')
  const sum = (part: typeof chunks) => part.reduce((bytes, { code }) => bytes + gzipped(code), 0)
  // What the entry imports, at whatever remove, is loaded with it.
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry))
  for (const chunk of loaded) {
    for (const each of chunks) if (chunk.imports.includes(each.fileName)) loaded.add(each)
  }
  return { loaded: sum([...loaded]), onDemand: sum(chunks.filter((chunk) => !loaded.has(chunk))) }
}

const alone = ['@solotab/core', '@solotab/core/supabase']
for (const specifier of alone) console.log(`${specifier}: ${(await measure([specifier])).loaded} bytes`)
const { loaded, onDemand } = await measure(alone)
console.log(`both together: ${loaded} of ${budgetBytes} bytes, minified and gzipped`)
console.log(`on demand, where there are no Web Locks: ${onDemand} bytes more`)
const hooks = (await measure(['@solotab/react'], react, [/^react(\/|$)/, /^@solotab\/core(\/|$)/])).loaded
console.log(`@solotab/react: ${hooks} of ${reactBudgetBytes} bytes, without its peers`)
for (const name of ['tabs', 'idle', 'inspect']) {
  const { loaded: bytes } = await measure([`@solotab/core/${name}`])
  console.log(`@solotab/core/${name}, alone: ${bytes} bytes; it is in no budget`)
}

const over = (bytes: number, budget: number): void => {
  if (bytes <= budget) return
  console.error(`Over the size budget by ${bytes - budget} bytes.`)
  process.exitCode = 1
}
over(loaded, budgetBytes)
over(hooks, reactBudgetBytes)
