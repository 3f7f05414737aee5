import SvelteApp from 'snippet:core/App.svelte'
import VueApp from 'snippet:core/App.vue'
import { coordinator, supabase } from 'snippet:core/auth.ts'
import { SessionProvider } from '@solotab/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'snippet:core/plain.ts'
import * as swr from 'snippet:react/swr.tsx'
import * as tanstack from 'snippet:react/tanstack-query.tsx'
import { mount } from 'svelte'
import { createApp } from 'vue'
import { moment } from '../moment.ts'

declare global {
  /** How many queries TanStack Query keeps. */
  var cachedQueries: () => number
}

globalThis.app = {
  supabase: supabase as never,
  coordinator,
  events: [],
  diagnostics: [],
  firstSessionMs: null,
  ...moment(),
}

createApp(VueApp).mount('#vue-root')
mount(SvelteApp, { target: document.querySelector('#svelte-root') })

const queryClient = new QueryClient()
globalThis.cachedQueries = () => queryClient.getQueryCache().getAll().length

const Notes = ({ id, library }: { id: string; library: typeof swr }) => {
  library.useForgetOnSignOut()
  const { data, error } = library.useNotes()
  return <p id={id}>{error ? error.message : (data?.join(', ') ?? 'none')}</p>
}

const root = document.querySelector('#react-root')
if (!root) throw new Error('No root.')
createRoot(root).render(
  <StrictMode>
    <SessionProvider coordinator={coordinator as never}>
      <QueryClientProvider client={queryClient}>
        <Notes id="tanstack" library={tanstack} />
      </QueryClientProvider>
      <Notes id="swr" library={swr} />
    </SessionProvider>
  </StrictMode>,
)
