/** The supabase-js that the page has at its own address; older ones have pages below it. */
export const NEWEST_CLIENT = '2.119'

/** The versions of supabase-js for which there are pages, oldest first. */
export const ALL_CLIENT_VERSIONS = ['2.39', '2.49', '2.74', '2.100', '2.107', '2.112', NEWEST_CLIENT] as const

export type ClientVersion = (typeof ALL_CLIENT_VERSIONS)[number]

/**
 * The versions with which every scenario runs: the two designs of the last years, without a lock and with Web Locks.
 * `SOLOTAB_CLIENTS=2.39,2.49` chooses others, for looking into one.
 */
export const CLIENT_VERSIONS: readonly ClientVersion[] = chosenBy(process.env.SOLOTAB_CLIENTS) ?? [
  NEWEST_CLIENT,
  '2.100',
]

/**
 * The versions that a list names; null if there is no list.
 * @throws {Error} if the list is empty, or one of its names is no version: otherwise scenarios would be missing without a word.
 */
export function chosenBy(list: string | undefined): readonly ClientVersion[] | null {
  if (list === undefined) return null
  const names = list.split(',').map((name) => name.trim())
  const known: readonly string[] = ALL_CLIENT_VERSIONS
  if (!names.every((name) => known.includes(name))) {
    throw new Error(`SOLOTAB_CLIENTS is "${list}", and has to be some of these: ${known.join(',')}.`)
  }
  return ALL_CLIENT_VERSIONS.filter((version) => names.includes(version))
}

/** Where the page with this client is, below the app's origin. */
export const pagePath = (client: ClientVersion = NEWEST_CLIENT): string =>
  client === NEWEST_CLIENT ? '/' : `/${client}/`
