import { z } from 'zod'
import { Role } from '#protocol/http/accounts.ts'
import { AreaCode } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'

export interface StoredInvitation {
  readonly role: Role
  readonly areaCodes: readonly string[]
}

export async function insertInvitation(
  db: Db,
  row: { tokenHash: string; role: Role; areaCodes: readonly string[]; expiresAt: number; createdAt: number },
): Promise<void> {
  const { areaCodes, ...rest } = row
  await db
    .insertInto('invitation')
    .values({ ...rest, areaCodesJson: JSON.stringify(areaCodes), usedAt: null })
    .execute()
}

export async function isInvitationOpen(db: Db, tokenHash: string, at: number): Promise<boolean> {
  const row = await db
    .selectFrom('invitation')
    .select('tokenHash')
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes an invitation once: null when it is unknown, used or expired. */
export async function redeemInvitation(db: Db, tokenHash: string, at: number): Promise<StoredInvitation | null> {
  const row = await db
    .updateTable('invitation')
    .set({ usedAt: at })
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning(['role', 'areaCodesJson'])
    .executeTakeFirst()
  if (!row) return null
  return { role: Role.parse(row.role), areaCodes: z.array(AreaCode).parse(JSON.parse(row.areaCodesJson)) }
}
