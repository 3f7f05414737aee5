import { createCoordinatedClient } from '@solotab/core/supabase'

/** Makes the client of this page, or of this rendering on a server. */
export const makeClient = (serverUrl: string) => createCoordinatedClient(serverUrl, 'anon')

declare module '@solotab/react' {
  interface Register {
    coordinator: ReturnType<typeof makeClient>['coordinator']
  }
}
