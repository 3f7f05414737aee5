const BLOCK = /^```(\w+)\n(.*?)^```$/gms
const PATH = /^(?:\/\/|#|<!--) (\S+?\.\S+?)(?: -->)?$/

/** The files that a page of documentation shows: code blocks whose first line is a comment with a path. */
export function filesIn(markdown: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const [, , code = ''] of markdown.matchAll(BLOCK)) {
    const path = PATH.exec(code.split('\n')[0] ?? '')?.[1]
    if (path) files.set(path, code)
  }
  return files
}

/** The commands that a page of documentation tells to run, one per line, in the order in which it does. */
export function commandsIn(markdown: string): string[][] {
  return [...markdown.matchAll(BLOCK)]
    .filter(([, language, code = '']) => language === 'sh' && !code.startsWith('#'))
    .flatMap(([, , code = '']) => code.trim().split('\n'))
    .map((line) => line.split(' '))
}
