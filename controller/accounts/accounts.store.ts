import type { Db } from '../db/open.ts'

export async function countAccounts(db: Db): Promise<number> {
  const row = await db
    .selectFrom('user')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function findUserId(db: Db, username: string): Promise<string | null> {
  return (await db.selectFrom('user').select('id').where('username', '=', username).executeTakeFirst())?.id ?? null
}

/** Null for an account that is gone, and for the operator at the command line, who has none. */
export async function roleOf(db: Db, userId: string): Promise<string | null> {
  return (await db.selectFrom('user').select('role').where('id', '=', userId).executeTakeFirst())?.role ?? null
}

/** Whether a session would still be let in: it is there, its time is not over, and its account is not disabled. */
export async function isSessionOpen(db: Db, sessionId: string, at: number): Promise<boolean> {
  const row = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.userId')
    .select(['session.expiresAt', 'user.banned'])
    .where('session.id', '=', sessionId)
    .executeTakeFirst()
  return row !== undefined && !row.banned && new Date(row.expiresAt).getTime() > at
}

export async function areaCodesOf(db: Db, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('accountArea')
    .select('areaCode')
    .where('userId', '=', userId)
    .orderBy('areaCode')
    .execute()
  return rows.map((row) => row.areaCode)
}

export async function setAreaCodes(db: Db, userId: string, areaCodes: readonly string[]): Promise<void> {
  await db.deleteFrom('accountArea').where('userId', '=', userId).execute()
  if (areaCodes.length === 0) return
  await db
    .insertInto('accountArea')
    .values(areaCodes.map((areaCode) => ({ userId, areaCode })))
    .execute()
}

export async function listAccounts(
  db: Db,
): Promise<{ id: string; name: string; username: string | null; role: string | null; isDisabled: boolean }[]> {
  const rows = await db
    .selectFrom('user')
    .select(['id', 'name', 'username', 'role', 'banned'])
    .orderBy('username')
    .execute()
  return rows.map(({ banned, ...account }) => ({ ...account, isDisabled: Boolean(banned) }))
}
