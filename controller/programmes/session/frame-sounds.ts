import type { ChimeItem } from '#protocol/http/programmes.ts'
import * as frameStore from '../../audio/frames.store.ts'
import type { Db } from '../../db/open.ts'
import * as uploadStore from '../../uploads/uploads.store.ts'
import type { FrameSounds } from './frame.ts'
import type { ReadyBulletin } from './session.ts'

/** What of sessions with these chimes and bulletins is there. */
export async function frameSounds(
  db: Db,
  chimes: readonly ChimeItem[],
  bulletins: readonly ReadyBulletin[],
): Promise<FrameSounds> {
  const own = chimes.flatMap(({ sound }) => (sound === 'built-in' ? [] : [sound]))
  return {
    builtIn: await frameStore.builtInChimes(db),
    own: await uploadStore.readySounds(db, own),
    cuts: await cutsOf(db, bulletins),
  }
}

/** What bulletins sound like without their own chimes, as far as it is made. */
export const cutsOf = (db: Db, bulletins: readonly ReadyBulletin[]): Promise<frameStore.SpeechCuts> =>
  frameStore.speechCuts(
    db,
    bulletins.flatMap(({ sha256, others }) => [sha256, ...others.map((other) => other.sha256)]),
  )
