/** A key for `createClient`. The server takes any; a bearer token equal to the `apikey` header is nobody's. */
export const ANON_KEY = 'anon'
