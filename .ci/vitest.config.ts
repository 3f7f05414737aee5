import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const root = dirname(import.meta.dirname)
const source = '@solotab/source' // packages find each other's TypeScript, not their dist/

function project(directory: string): TestProjectInlineConfiguration {
  return { extends: true, test: { name: directory, root: join(root, directory) } }
}

const workspaces = globSync('{packages,apps}/*/package.json', { cwd: root }).map(dirname).sort()

export default defineConfig({
  root,
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    include: ['**/*.test.{ts,tsx}'], // *.spec.ts is Playwright's
    exclude: [...configDefaults.exclude, '**/dist/**'],
    reporters: ['default', ['json', { outputFile: join(root, '.cache/vitest.json') }]],
    projects: [...workspaces, 'e2e', '.ci'].map(project),
  },
})
