import { expect, test } from 'vitest'
import { commandsIn, filesIn } from './readme-files.ts'

const page = `
# A page
\`\`\`sh
pnpm add one two
cd there
\`\`\`
\`\`\`ts
// src/auth.ts
export const a = 1
\`\`\`
\`\`\`sh
# .env.local
KEY=value
\`\`\`
\`\`\`svelte
<!-- app.svelte -->
<p>hi</p>
\`\`\`
\`\`\`ts
// A remark, and no file. It goes on.
const b = 2
\`\`\`
`

test('the files of a page are its code blocks that begin with a path', () => {
  expect([...filesIn(page)]).toEqual([
    ['src/auth.ts', '// src/auth.ts\nexport const a = 1\n'],
    ['.env.local', '# .env.local\nKEY=value\n'],
    ['app.svelte', '<!-- app.svelte -->\n<p>hi</p>\n'],
  ])
})

test('the commands of a page are the lines of its shell blocks that are no files', () => {
  expect(commandsIn(page)).toEqual([
    ['pnpm', 'add', 'one', 'two'],
    ['cd', 'there'],
  ])
})
