import { optionsFromEnvironment } from './environment.ts'
import { startAuthServer } from './server.ts'

const server = await startAuthServer(optionsFromEnvironment(process.env))
console.log(`auth-server listens on ${server.url}`)

process.once('SIGINT', server.close)
process.once('SIGTERM', server.close)
