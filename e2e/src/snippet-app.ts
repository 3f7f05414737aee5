import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions, type Plugin } from 'vite'
import { type AppServer, startAppServer } from './app-server.ts'
import { filesIn } from './fresh-app/readme-files.ts'
import { aliasesOf } from './react-app.ts'

const APP = fileURLToPath(new URL('../app/snippets', import.meta.url))
const REACT_PACKAGE = fileURLToPath(new URL('../../packages/react', import.meta.url))
const PAGES = { core: '../core/docs/without-react.md', react: 'README.md' }

/** The libraries that the documentation speaks of are the React package's; it is them that its code is resolved for. */
const LIBRARIES = /^(vue|svelte|swr|@tanstack\/react-query)(\/|$)/

/** The path that a file of a page is given: one from which the React package's libraries are found. */
const pathOf = (page: string, file: string) => join(REACT_PACKAGE, `snippets-of-${page}`, file)

async function snippets(): Promise<Plugin> {
  const files = new Map<string, string>()
  for (const [page, path] of Object.entries(PAGES)) {
    const markdown = await readFile(join(REACT_PACKAGE, path), 'utf8')
    for (const [file, code] of filesIn(markdown)) files.set(pathOf(page, file), code)
  }
  return {
    name: 'snippets',
    enforce: 'pre',
    resolveId(id, importer) {
      const [, page, file] = /^snippet:(\w+)\/(.+)$/.exec(id) ?? []
      if (page && file) return pathOf(page, file)
      if (importer && files.has(importer) && id.startsWith('./')) return join(importer, '..', id)
      return LIBRARIES.test(id)
        ? this.resolve(id, join(REACT_PACKAGE, 'package.json'), { skipSelf: true })
        : null
    },
    load(id) {
      const code = files.get(id)
      if (code === undefined) return null
      if (id.endsWith('.vue')) return { code: compileVue(code), moduleType: 'ts' }
      return id.endsWith('.svelte') ? compileSvelte(code) : code
    },
  }
}

const libraryOf = createRequire(join(REACT_PACKAGE, 'package.json'))

function compileVue(code: string): string {
  const { compileScript, parse } = libraryOf('vue/compiler-sfc')
  return compileScript(parse(code).descriptor, { id: 'app', inlineTemplate: true }).content
}

function compileSvelte(code: string): string {
  return libraryOf('svelte/compiler').compile(code, { generate: 'client' }).js.code
}

/** Builds and serves a page that runs the code of the documentation, taken from there. */
export async function startSnippetApp(): Promise<AppServer> {
  const directory = await mkdtemp(join(tmpdir(), 'solotab-snippets-'))
  await build({
    root: APP,
    configFile: false,
    logLevel: 'error',
    plugins: [await snippets()],
    oxc: { jsx: { runtime: 'automatic' } },
    define: {
      'import.meta.env.VITE_SUPABASE_URL': 'new URLSearchParams(location.search).get("server")',
      'import.meta.env.VITE_SUPABASE_KEY': '"anon"',
    },
    resolve: {
      conditions: ['@solotab/source', ...defaultClientConditions],
      alias: aliasesOf('19'),
    },
    build: { outDir: directory, target: 'es2023', minify: false },
  })
  const server = await startAppServer(directory)
  return {
    port: server.port,
    async close() {
      await server.close()
      await rm(directory, { recursive: true })
    },
  }
}
