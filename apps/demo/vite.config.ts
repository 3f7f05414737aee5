import { globSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  // Relative, so that `dist` works in any folder of any server.
  base: './',
  plugins: [react()],
  resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    rolldownOptions: { input: globSync('*.html', { cwd: import.meta.dirname }) },
  },
})
