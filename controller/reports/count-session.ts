import type { StoredBroadcast } from '../broadcasts/broadcasts.store.ts'
import type { Db } from '../db/open.ts'
import { countBulletins, countDeliveries } from './figures.store.ts'

/** Counts a session that has ended, or whose ledger was corrected, in the transaction that has changed it. */
export async function countSession(db: Db, { id, items }: Pick<StoredBroadcast, 'id' | 'items'>): Promise<void> {
  await countDeliveries(db, id)
  await countBulletins(db, id, items)
}
