import type { AppHandler } from '../http.ts'
import type { ServerState } from '../server-state.ts'

/** `GET /health` */
export function health(): AppHandler {
  return (c) =>
    c.json({
      version: 'solotab',
      name: 'GoTrue',
      description: 'An in-memory stand-in for Supabase Auth, for demos and tests',
    })
}

/** `GET /settings`: every OAuth provider is the stand-in, so a few names stand for all. */
export function settings(): AppHandler {
  return (c) =>
    c.json({
      external: { anonymous_users: true, email: true, phone: false, github: true, google: true },
      disable_signup: false,
      mailer_autoconfirm: true,
      phone_autoconfirm: false,
      sms_provider: '',
      saml_enabled: false,
      passkeys_enabled: false,
    })
}

/** `GET /.well-known/jwks.json` (RFC 7517) */
export function jwks(state: ServerState): AppHandler {
  return (c) => c.json(state.accessTokens.jwks())
}
