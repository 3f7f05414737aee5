import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions } from 'vite'
import { expect, test } from '../src/world.ts'

const APP = fileURLToPath(new URL('../app', import.meta.url))
const ENTRY = join(APP, 'an-app.tsx')

/** Builds an app for production, from this source; returns its code and the modules that are in it. */
async function bundleOf(source: string): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    root: APP,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
    plugins: [
      {
        name: 'an-app',
        resolveId: (id) => (id === ENTRY ? ENTRY : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
    build: { write: false, target: 'es2023', rolldownOptions: { input: ENTRY } },
  })
  if (!('output' in result)) throw new Error('Vite made no single bundle.')
  const chunks = result.output.filter((chunk) => chunk.type === 'chunk')
  return {
    code: chunks.map(({ code }) => code).join('\n'),
    modules: chunks.flatMap((chunk) => Object.keys(chunk.modules)),
  }
}

const appWith = (imports: string, element: string) => `
  import { createCoordinator } from '@solotab/core'
  import { SessionProvider, useSession } from '@solotab/react'
  import { createRoot } from 'react-dom/client'
  ${imports}
  const coordinator = createCoordinator({ name: 'app', refresh: (token) => fetch(token).then((answer) => answer.json()) })
  const App = () => <p>{useSession().status}</p>
  createRoot(document.body).render(
    <SessionProvider coordinator={coordinator}><App />${element}</SessionProvider>
  )`

const IMPORT = "import { SolotabDevtools } from '@solotab/react/devtools'"
const isOfDevtools = (module: string) =>
  module.includes('/react/src/devtools/') || module.includes('/inspect/')

test('an app that does not import the devtools has nothing of them', async () => {
  const { code, modules } = await bundleOf(appWith('', ''))
  expect(modules.some((module) => module.includes('/react/src/session-provider'))).toBe(true)
  expect(modules.filter(isOfDevtools)).toEqual([])
  expect(code).not.toContain('solotab-devtools')
})

test('nor has a production build that renders them in development only', async () => {
  const { code, modules } = await bundleOf(appWith(IMPORT, '{import.meta.env.DEV && <SolotabDevtools />}'))
  expect(modules.filter(isOfDevtools)).toEqual([])
  expect(code).not.toContain('solotab-devtools')
})

test('one that renders them has them', async () => {
  const { code, modules } = await bundleOf(appWith(IMPORT, '<SolotabDevtools />'))
  expect(modules.filter(isOfDevtools).length).toBeGreaterThan(5)
  expect(code).toContain('solotab-devtools')
})
