import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import type { Db } from '../db/open.ts'

/** The night of this installation, which all quiet hours contain. */
export async function nightOf(db: Db): Promise<QuietHours> {
  return db.selectFrom('installation').select(['nightFrom as from', 'nightTo as to']).executeTakeFirstOrThrow()
}

export async function saveNight(db: Db, { from, to }: QuietHours): Promise<void> {
  await db.updateTable('installation').set({ nightFrom: from, nightTo: to }).execute()
}
