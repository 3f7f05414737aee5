import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, defaultClientConditions, defaultServerConditions, type InlineConfig } from 'vite'
import { startAppServer } from './app-server.ts'

export type ReactVersion = '19' | '18'
export const REACT_VERSIONS: readonly ReactVersion[] = ['19', '18']

const APP = fileURLToPath(new URL('../app/react', import.meta.url))
const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))
const SOURCE = '@solotab/source'

/** All that is bundled gets this version of React, whatever stands beside it in `node_modules`. */
export const aliasesOf = (version: ReactVersion) =>
  ['react', 'react-dom'].map((name) => ({
    find: new RegExp(`^${name}(?=/|$)`),
    replacement: join(MODULES, version === '18' ? `${name}-18` : name),
  }))

/** The development build of React, which tells of every misuse. */
const configOf = (version: ReactVersion): InlineConfig => ({
  root: APP,
  configFile: false,
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic' } },
  define: { 'process.env.NODE_ENV': '"development"' },
  resolve: { alias: aliasesOf(version), conditions: [SOURCE, ...defaultClientConditions] },
})

const emptyDirectory = () => mkdtemp(join(tmpdir(), 'solotab-react-'))

export interface ReactApp {
  readonly origin: string
  close(): Promise<void>
}

/** Builds and serves `app/react` with one version of React. */
export async function startReactApp(version: ReactVersion): Promise<ReactApp> {
  const outDir = await emptyDirectory()
  const input = ['index.html', 'leaks.html'].map((page) => join(APP, page))
  await build({
    ...configOf(version),
    build: { outDir, target: 'es2023', minify: false, rolldownOptions: { input } },
  })
  const server = await startAppServer(outDir)
  return {
    origin: `http://127.0.0.1:${server.port}`,
    async close() {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}

/** The HTML of `app/react` for an auth server and an initial session. */
export type RenderToString = (serverUrl: string, initialSession: object | null | undefined) => string

/** Builds what renders `app/react` as a server does. */
export async function buildServerRendering(version: ReactVersion): Promise<RenderToString> {
  const outDir = await emptyDirectory()
  await build({
    ...configOf(version),
    ssr: { noExternal: true, resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
    build: { ssr: join(APP, 'render.tsx'), outDir, target: 'es2023', minify: false },
  })
  await writeFile(join(outDir, 'package.json'), '{ "type": "module" }')
  const { render } = await import(pathToFileURL(join(outDir, 'render.js')).href)
  await rm(outDir, { recursive: true })
  return render
}
