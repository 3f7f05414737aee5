// `pnpm engines:table` puts the table of the last run of all engines into the README.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { writeToReadme } from '../src/readme.ts'

const table = fileURLToPath(new URL('../.cache/engines.md', import.meta.url))
await writeToReadme('engines', (await readFile(table, 'utf8')).trim())
