import type { BulletinId } from '#protocol/ids.ts'
import type { SpeechCuts } from '../../audio/frames.store.ts'
import type { Db } from '../../db/open.ts'
import { approvedBulletins } from './approved.store.ts'
import { cutsOf } from './frame-sounds.ts'
import { readyBulletins } from './ready-bulletins.store.ts'
import type { Material } from './session.ts'

/** What a session is made of that airs one bulletin, besides all else that it says. */
export interface BulletinMaterial extends Pick<Material, 'ready' | 'approved'> {
  readonly cuts: SpeechCuts
}

export async function bulletinMaterial(db: Db, bulletinId: BulletinId): Promise<BulletinMaterial> {
  const ready = await readyBulletins(db, [bulletinId])
  return { ready, approved: await approvedBulletins(db, [bulletinId]), cuts: await cutsOf(db, [...ready.values()]) }
}
