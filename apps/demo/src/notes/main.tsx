import { SessionProvider } from '@solotab/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { coordinator, server } from './client.ts'

const queryClient = new QueryClient({
  defaultOptions: {
    // supabase-js repeats what failed on the way, and an error is shown rather than waited out.
    queries: { networkMode: 'always', retry: false },
    mutations: { networkMode: 'always' },
  },
})
const origins = [new URL(server.url).origin]

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root.')
createRoot(root).render(
  <StrictMode>
    <SessionProvider coordinator={coordinator} origins={origins}>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </SessionProvider>
  </StrictMode>,
)
