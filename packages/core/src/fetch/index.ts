export { type AuthFetch, type AuthFetchOptions, createAuthFetch } from './auth-fetch.ts'
