import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions, type Plugin } from 'vite'
import { ALL_CLIENT_VERSIONS, type ClientVersion, NEWEST_CLIENT } from './client-versions.ts'

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url))
const configFile = pathOf('vite.config.ts')

/** Has the page, and Solotab in it, import another version of supabase-js. */
const withClient = (client: ClientVersion): Plugin => ({
  name: 'client-version',
  enforce: 'pre',
  resolveId(id) {
    return id === '@supabase/supabase-js' ? this.resolve(`supabase-js-${client}`, configFile) : null
  },
})

/** Builds the pages of `e2e/app`, and below them, for each older client, the page in which the tests drive it. */
export async function buildPages(outDir = pathOf('.cache/app')): Promise<void> {
  await build({ configFile, build: { outDir } })
  for (const client of ALL_CLIENT_VERSIONS) {
    if (client === NEWEST_CLIENT) continue
    await build({
      configFile: false,
      root: pathOf('app'),
      base: './',
      resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
      plugins: [withClient(client)],
      build: { outDir: join(outDir, client), emptyOutDir: true, target: 'es2023', minify: false },
      logLevel: 'warn',
    })
  }
}
