import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  // Relative, so that `dist` works in any folder of any server.
  base: './',
  resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
  build: { target: 'es2023' },
})
