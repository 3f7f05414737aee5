import { createRoot, hydrateRoot } from 'react-dom/client'
import { moment } from '../moment.ts'
import { makeClient } from './client.ts'
import { type Seen, seen } from './notes.ts'
import { Page } from './page.tsx'

declare global {
  /** What the components have done. */
  var ui: Seen
  /** What the server has rendered with; undefined if it has not rendered. */
  var rendered: { readonly session: null | object | undefined } | undefined
}

const query = new URLSearchParams(location.search)
const serverUrl = query.get('server') ?? ''
const { supabase, coordinator } = makeClient(serverUrl)
globalThis.ui = seen
globalThis.app = {
  supabase: supabase as never,
  coordinator,
  events: [],
  diagnostics: [],
  firstSessionMs: null,
  ...moment(),
}

const root = document.getElementById('root')
if (!root) throw new Error('No root.')
const page = (
  <Page
    coordinator={coordinator}
    initialSession={globalThis.rendered?.session as undefined}
    serverUrl={serverUrl}
    suspense={query.has('suspense')}
  />
)
// A page that hydrates late: the session is known by then, and the HTML does not say so.
if (query.has('late')) await coordinator.getAccessToken()
if (globalThis.rendered) hydrateRoot(root, page)
else createRoot(root).render(page)
