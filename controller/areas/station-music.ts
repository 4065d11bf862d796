import type { ChimeChoice } from '#protocol/http/areas.ts'
import type { UploadId } from '#protocol/ids.ts'
import { BUILT_IN_CHIMES, type Chime, type Music } from '../audio/music.ts'
import type { Context } from '../context.ts'
import * as uploadStore from '../uploads/uploads.store.ts'
import * as stationStore from './stations.store.ts'

/**
 * What sounds around a bulletin: the chimes and the music of the one commune that it is for. One file goes to all that it
 * is for, so where they are several, no station's own chimes announce it.
 */
export async function musicFor(ctx: Pick<Context, 'db' | 'store'>, targets: readonly string[]): Promise<Music> {
  const [only, ...others] = targets
  if (only === undefined || others.length > 0) return BUILT_IN_CHIMES
  const station = await stationStore.findStation(ctx.db, only)
  if (!station) return BUILT_IN_CHIMES
  const fileOf = async (id: UploadId): Promise<string | null> => {
    const sha256 = (await uploadStore.findUpload(ctx.db, id))?.sha256
    return sha256 ? await ctx.store.path(sha256) : null
  }
  /** A chime whose file is gone must not keep a bulletin from airing. */
  const chimeOf = async (choice: ChimeChoice): Promise<Chime> => {
    if (choice === 'built-in' || choice === 'none') return choice
    const file = await fileOf(choice)
    return file === null ? 'built-in' : { file }
  }
  const { opening, closing, bed } = station.music
  return { opening: await chimeOf(opening), closing: await chimeOf(closing), bed: bed && (await fileOf(bed)) }
}
