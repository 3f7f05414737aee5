import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig } from 'vite'

const pageOf = (name: string) => fileURLToPath(new URL(`app/${name}`, import.meta.url))

/** Builds the page in which the tests drive real clients, and the one that holds the adapters to their contracts. */
export default defineConfig({
  root: fileURLToPath(new URL('app', import.meta.url)),
  resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
  build: {
    outDir: fileURLToPath(new URL('.cache/app', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    minify: false,
    rolldownOptions: {
      // A page has no server, so "use client" is of no use in it.
      checks: { moduleLevelDirective: false },
      input: ['index.html', 'adapters.html', 'tabs.html', 'devtools.html'].map((page) => pageOf(page)),
    },
  },
  logLevel: 'warn',
})
