import { server } from '../client.ts'

/** Tells the demo's own server what to do. @throws {Error} It did not. */
export async function tellServer(path: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}/control/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  if (response.ok) return
  const problem = await response.json().catch(() => null)
  throw new Error(problem?.message ?? `The demo’s server answered ${response.status}.`)
}
