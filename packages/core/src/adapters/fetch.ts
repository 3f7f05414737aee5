export type Fetch = typeof fetch

/** The page's `fetch`, looked up at each call, since apps and tests may replace it. */
export const browserFetch: Fetch = (input, init) => fetch(input, init)
