import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { admin, twoFactor, username } from 'better-auth/plugins'
import { AcceptInvitation } from '#protocol/http/accounts.ts'
import type { Bus } from '../bus.ts'
import type { Database } from '../db/open.ts'
import type { Logger } from '../logger.ts'
import { DAY } from '../units.ts'

export interface AuthSettings {
  readonly secret: string
  /** Origin that browsers use, e.g. `https://loa.example.vn`. */
  readonly publicUrl: string
  readonly log: Logger
  readonly bus: Bus
}

/** Set by our own HTTP side over whatever a client has sent. */
export const CLIENT_ADDRESS_HEADER = 'x-loa-client-address'
const SESSION_DAYS = 7

/** Sign-in with user name and password, sessions in the database, second factor where the account turns it on. */
export function createAuth({ db, dialect }: Database, settings: AuthSettings) {
  return betterAuth(authOptions({ db, dialect }, settings))
}

export type Auth = ReturnType<typeof createAuth>

/** The rule of `AcceptInvitation`, for the library's own check. */
const isUsername = (text: string): boolean => AcceptInvitation.shape.username.safeParse(text).success

function authOptions({ db, dialect }: Database, settings: AuthSettings) {
  return {
    appName: 'Loa Xã',
    database: { db, type: dialect },
    secret: settings.secret,
    baseURL: settings.publicUrl,
    trustedOrigins: [settings.publicUrl],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: (SESSION_DAYS * DAY) / 1_000 },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/username': { window: 60, max: 10 } } },
    advanced: {
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      cookiePrefix: 'loa',
    },
    telemetry: { enabled: false },
    logger: { log: (level, message, ...args) => settings.log[level]({ err: args.find(isError) }, message) },
    hooks: { before: endOtherSessions },
    databaseHooks: {
      session: { delete: { after: async ({ id }) => settings.bus.emit('session.ended', { sessionId: id }) } },
    },
    plugins: [
      username({ minUsernameLength: 3, maxUsernameLength: 40, usernameValidator: isUsername }),
      admin({ defaultRole: 'viewer', bannedUserMessage: refuseAsWrong }),
      twoFactor(),
    ],
  } satisfies BetterAuthOptions
}

const isError = (value: unknown): value is Error => value instanceof Error

/** Whoever changes the password wants everybody else out, whatever their client asks for. */
const endOtherSessions = createAuthMiddleware(async ({ path, body }) =>
  path === '/change-password' ? { context: { body: { ...body, revokeOtherSessions: true } } } : undefined,
)

/** A disabled account is refused like a wrong password: the library's own answer would say that the password is right. */
function refuseAsWrong(): never {
  throw APIError.fromStatus('UNAUTHORIZED', {
    code: 'INVALID_USERNAME_OR_PASSWORD',
    message: 'Invalid username or password',
  })
}

/** Makes or completes the library's own tables. */
export async function migrateAuth(database: Database, settings: AuthSettings): Promise<void> {
  const { runMigrations } = await getMigrations(authOptions(database, settings))
  await runMigrations()
}
