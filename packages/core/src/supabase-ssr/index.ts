export {
  type BrowserCoordination,
  type CookieSettings,
  type CoordinatedBrowserClientOptions,
  coordinateBrowserClient,
} from './coordinate-browser-client.ts'
export { createCoordinatedBrowserClient } from './create-coordinated-browser-client.ts'
