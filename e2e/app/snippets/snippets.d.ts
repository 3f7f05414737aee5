// The code of the documentation, as it stands there; see e2e/src/snippet-app.ts.

declare module 'snippet:core/auth.ts' {
  import type { createCoordinatedClient } from '@solotab/core/supabase'

  export const supabase: ReturnType<typeof createCoordinatedClient>['supabase']
  export const coordinator: ReturnType<typeof createCoordinatedClient>['coordinator']
}
declare module 'snippet:core/plain.ts'
declare module 'snippet:core/App.vue'
declare module 'snippet:core/App.svelte'
declare module 'snippet:react/*' {
  export const useNotes: () => { readonly data: readonly string[] | undefined; readonly error: Error | null }
  export const useForgetOnSignOut: () => void
}
declare module 'vue' {
  export const createApp: (component: unknown) => { mount(selector: string): void }
}
declare module 'svelte' {
  export const mount: (component: unknown, options: { target: Element | null }) => void
}
declare module '@tanstack/react-query' {
  import type { FunctionComponent, ReactNode } from 'react'

  export class QueryClient {
    getQueryCache(): { getAll(): readonly unknown[] }
  }
  export const QueryClientProvider: FunctionComponent<{ client: QueryClient; children: ReactNode }>
}
