import { mayAirAt } from '#protocol/rules/validity.ts'
import * as bulletinStore from '../../bulletins/bulletins.store.ts'
import * as decisionStore from '../../bulletins/decisions.store.ts'
import type { Db } from '../../db/open.ts'
import type { StoredProgramme } from '../../programmes/programmes.store.ts'
import { bulletinsNamedBy } from '../../programmes/rundown.ts'
import { bulletinsOf } from '../../programmes/session/airing-item.ts'
import { approvedBulletins } from '../../programmes/session/approved.store.ts'
import type { StoredBroadcast } from '../broadcasts.store.ts'
import type { Fallen } from './facts.ts'

/** Which bulletins of a session that was called off for lack of them were withdrawn, by whom, and which had expired. */
export async function fallenIn(
  db: Db,
  { items, startAt, cancelledBy }: StoredBroadcast,
  programme: StoredProgramme,
  timeZone: string,
): Promise<Fallen[]> {
  if (cancelledBy !== 'withdrawal' && cancelledBy !== 'expiry') return []
  const ids = [...new Set([...bulletinsOf(items).map(({ id }) => id), ...bulletinsNamedBy(programme)])]
  const approved = await approvedBulletins(db, ids)
  const expired = [...approved.values()]
    .filter(({ expiresOn }) => !mayAirAt(expiresOn, startAt, timeZone))
    .map(({ title }) => ({ title, withdrawnBy: null }))
  const withdrawals = await decisionStore.withdrawalsOf(
    db,
    ids.filter((id) => !approved.has(id)),
  )
  const withdrawn = new Map(withdrawals.toReversed().map((one) => [one.bulletinId, one]))
  const titles = await Promise.all(
    [...withdrawn.values()].map(async ({ bulletinId, byName, at }) => {
      const [title = ''] = await bulletinStore.titlesOf(db, [bulletinId])
      return { title, withdrawnBy: { name: byName, at } }
    }),
  )
  return [...titles, ...expired]
}
