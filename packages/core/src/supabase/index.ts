export {
  type CoordinatedClientOptions,
  type Coordination,
  coordinate,
  type SolotabOptions,
} from './coordination.ts'
export { type CoordinatedClient, createCoordinatedClient } from './create-coordinated-client.ts'
export type { SessionStorage } from './storage.ts'
