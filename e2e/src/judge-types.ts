import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type ClientVersion, NEWEST_CLIENT } from './client-versions.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
const core = join(here, '../packages/core')
const tsc = join(here, '../node_modules/typescript/bin/tsc')

const compile = async (project: string, ...more: string[]): Promise<string> => {
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', project, '--pretty', 'false', ...more])
    return ''
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error)
  }
}

/**
 * Compiles an app that uses Solotab as it is published, against the types of a version of supabase-js. Returns what
 * the compiler says.
 */
export async function judgeTypes(client: ClientVersion): Promise<string> {
  const name = client === NEWEST_CLIENT ? '@supabase/supabase-js' : `supabase-js-${client}`
  const folder = join(here, 'node_modules', name)
  const { types } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const project = join(here, `.cache/types/${client}/tsconfig.json`)
  const built = join(dirname(project), 'core')
  const problems = await compile(join(core, 'tsconfig.build.json'), '--outDir', built)
  if (problems) return problems
  await mkdir(dirname(project), { recursive: true })
  const config = {
    extends: join(here, '../tsconfig.base.json'),
    compilerOptions: {
      noEmit: true,
      customConditions: [],
      skipLibCheck: true,
      lib: ['ES2023', 'DOM'],
      types: [],
      paths: {
        '@supabase/supabase-js': [join(folder, types)],
        '@solotab/core/supabase': [join(built, 'supabase/index.d.ts')],
      },
    },
    files: [join(here, 'app/typed-app.ts')],
  }
  await writeFile(project, JSON.stringify(config))
  return compile(project)
}
