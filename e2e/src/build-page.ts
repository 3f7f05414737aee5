import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions } from 'vite'

export interface BuiltPage {
  /** The directory to serve. */
  readonly path: string
  remove(): Promise<void>
}

/**
 * Builds a page from the sources of Solotab into a directory of this run's own: what it serves stays the same,
 * however long it takes.
 *
 * @param root The directory of its `index.html`, relative to `e2e`.
 */
export async function buildPage(root: string): Promise<BuiltPage> {
  const path = await mkdtemp(join(tmpdir(), 'solotab-page-'))
  await build({
    configFile: false,
    root: fileURLToPath(new URL(`../${root}`, import.meta.url)),
    resolve: { conditions: ['@solotab/source', ...defaultClientConditions] },
    build: { outDir: path, emptyOutDir: true, target: 'es2023', minify: false },
    logLevel: 'error',
  })
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
