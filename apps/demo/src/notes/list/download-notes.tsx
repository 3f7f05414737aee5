import { SessionError } from '@solotab/core'
import { useAuthFetch } from '@solotab/react'
import { useMutation } from '@tanstack/react-query'
import { server } from '../client.ts'
import { Problem } from '../problem.tsx'

/**
 * All notes as a file, from an endpoint that supabase-js has no part in. `useAuthFetch` adds the access token; if
 * the server refuses it, it asks for a new one and for the file again, once.
 */
export function DownloadNotes({ isEmpty }: { isEmpty: boolean }) {
  const authFetch = useAuthFetch()
  const download = useMutation({
    async mutationFn() {
      const response = await authFetch(
        `${server.url}/rest/v1/notes?select=created_at,text&order=created_at`,
        { headers: { apikey: server.key, Accept: 'text/csv' } },
      )
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      return response.blob()
    },
    onSuccess: (file) => saveAs('notes.csv', file),
  })
  return (
    <div className="buttons">
      <Problem text={download.error && `Not downloaded. ${wordsOf(download.error)}`} />
      <button
        className="button compact"
        type="button"
        disabled={isEmpty || download.isPending}
        onClick={() => download.mutate()}
      >
        Download CSV
      </button>
    </div>
  )
}

/** Solotab's errors have a code, for which each app has its own words. */
function wordsOf(error: Error): string {
  if (!(error instanceof SessionError)) return error.message
  return error.code === 'refresh_failed' ? 'The session cannot be refreshed now.' : 'Sign in first.'
}

function saveAs(name: string, file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
