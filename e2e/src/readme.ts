import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))

/** The tables of the README that are written by a command, which the mark before them names. */
const TABLES = { versions: 'pnpm versions --write', engines: 'pnpm engines:table' } as const

type Name = keyof typeof TABLES

/** The text with something else between the two marks of that name. */
export const between = (text: string, name: Name, table: string): string => {
  const begin = `<!-- ${name}: written by \`${TABLES[name]}\` -->`
  const end = `<!-- /${name} -->`
  const [before, rest] = text.split(begin)
  const [, after] = (rest ?? '').split(end)
  if (before === undefined || after === undefined) throw new Error(`The README has no ${begin}.`)
  return `${before}${begin}\n${table}\n${end}${after}`
}

/** What a table says without its notes, some of which are a browser's own choice, such as which pages it keeps. */
export const withoutNotes = (text: string): string => text.replaceAll(/ \(\d+\)|^\(\d+\).*\n/gm, '')

/** Does the README say this already, apart from notes? */
export const isInReadme = async (name: Name, table: string): Promise<boolean> => {
  const text = await readFile(README, 'utf8')
  return withoutNotes(between(text, name, table)) === withoutNotes(text)
}

export const writeToReadme = async (name: Name, table: string): Promise<void> =>
  writeFile(README, between(await readFile(README, 'utf8'), name, table))
