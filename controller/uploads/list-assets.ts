import type { Asset } from '#protocol/http/uploads.ts'
import type { Actor } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { soundOf } from './sound.ts'
import * as uploadStore from './uploads.store.ts'

/** The chimes and the music of one station. */
export async function listAssets(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; areaCode: string; purpose?: 'chime' | 'bed' | undefined },
): Promise<Asset[]> {
  const { actor, areaCode, purpose } = input
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  const rows = await uploadStore.listAssets(ctx.db, { areaCode, purpose })
  return rows.flatMap((row) =>
    row.purpose === 'recording'
      ? []
      : [{ ...soundOf(row), purpose: row.purpose, areaCode, licenceNote: row.licenceNote ?? '' }],
  )
}
