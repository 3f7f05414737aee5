/** The supabase-js that the page has at its own address; older ones have pages below it. */
export const NEWEST_CLIENT = '2.119'

/** The versions of supabase-js for which there are pages, oldest first. */
export const ALL_CLIENT_VERSIONS = ['2.39', '2.49', '2.74', '2.100', '2.107', '2.112', NEWEST_CLIENT] as const

export type ClientVersion = (typeof ALL_CLIENT_VERSIONS)[number]

/**
 * The versions with which every scenario runs: the two designs of the last years, without a lock and with Web Locks.
 * `SOLOTAB_CLIENTS=2.39,2.49` chooses others, for looking into one.
 */
export const CLIENT_VERSIONS: readonly ClientVersion[] = chosen() ?? [NEWEST_CLIENT, '2.100']

function chosen(): readonly ClientVersion[] | null {
  const names = process.env.SOLOTAB_CLIENTS?.split(',')
  return names ? ALL_CLIENT_VERSIONS.filter((version) => names.includes(version)) : null
}

/** Where the page with this client is, below the app's origin. */
export const pagePath = (client: ClientVersion = NEWEST_CLIENT): string =>
  client === NEWEST_CLIENT ? '/' : `/${client}/`
