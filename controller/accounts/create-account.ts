import { betterAuth } from 'better-auth'
import type { Role } from '#protocol/http/accounts.ts'
import type { Db } from '../db/open.ts'
import type { Auth } from './auth.ts'

/** Writes an account as the library's own `createUser` does, but in a transaction of ours; answers its id. */
export async function createAccount(
  auth: Auth,
  db: Db,
  account: { name: string; username: string; passwordHash: string; role: Role },
): Promise<string> {
  const { name, username, passwordHash, role } = account
  const inside = betterAuth({ ...auth.options, database: { ...auth.options.database, db } })
  const { internalAdapter } = await inside.$context
  // The library wants an address; this one can receive nothing (RFC 2606).
  const email = `${username}@loa.invalid`
  const user = { email, name, role, username, displayUsername: username }
  const { id } = await internalAdapter.createUser(user, { method: 'admin' })
  await internalAdapter.linkAccount({ userId: id, providerId: 'credential', accountId: id, password: passwordHash })
  return id
}
