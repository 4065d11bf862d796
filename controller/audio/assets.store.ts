import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { UploadPurpose } from '#protocol/http/uploads.ts'
import type { Db } from '../db/open.ts'
import type { Tables } from '../db/schema.ts'
import type { Mark, ProducedAudio } from './produce.ts'

/** Enters stored audio, and takes it back into use where it is known already. */
export async function keepAsset(
  db: Db,
  { marks, ...audio }: ProducedAudio,
  { origin, at }: { origin: 'production' | UploadPurpose; at: number },
): Promise<void> {
  const peaks = Buffer.from(audio.peaks).toString('base64')
  await db
    .insertInto('audioAsset')
    .values({ ...audio, peaks, marksJson: JSON.stringify(marks), origin, createdAt: at })
    // The same sound may be there from before its peaks were measured.
    .onConflict((oc) => oc.column('sha256').doUpdateSet({ unusedSince: null, peaks }))
    .execute()
}

/** Whoever names audio that nobody named for a while takes it back into use, in the transaction of the naming. */
export async function reuseAssets(db: Db, hashes: readonly string[]): Promise<void> {
  await db
    .updateTable('audioAsset')
    .set({ unusedSince: null })
    .where('sha256', 'in', [...hashes])
    .where('unusedSince', 'is not', null)
    .execute()
}

/**
 * A version's rendition, a recording or a station's sound, a broadcast's items, a chime of ours; and what is another codec
 * of what is kept, or its speech without chimes.
 */
const NAMERS = ['rendition', 'upload', 'broadcastAudio', 'builtInChime', 'audioEncoding', 'speechCut'] as const

const isNamed = (eb: ExpressionBuilder<Tables, 'audioAsset'>) =>
  eb.or(
    NAMERS.map((table) =>
      eb.exists(
        eb.selectFrom(table).select(sql.lit(1).as('one')).whereRef(`${table}.sha256`, '=', 'audioAsset.sha256'),
      ),
    ),
  )

/** Marks what nothing names from now on, and unmarks what something names after all. */
export async function markUnused(db: Db, at: number): Promise<void> {
  await db
    .updateTable('audioAsset')
    .set({ unusedSince: null })
    .where('unusedSince', 'is not', null)
    .where(isNamed)
    .execute()
  await db
    .updateTable('audioAsset')
    .set({ unusedSince: at })
    .where('unusedSince', 'is', null)
    .where((eb) => eb.not(isNamed(eb)))
    .execute()
}

/**
 * Forgets what has been unused since before an instant and still is; what was made of it is unused from then on. Whether
 * it still is, the statement that removes it decides: who names audio meanwhile either finds its row and keeps it, or
 * finds none and fails. The files stay until they are swept.
 */
export async function removeUnused(db: Db, unusedBefore: number): Promise<string[]> {
  for (const table of ['audioEncoding', 'speechCut'] as const)
    await db
      .deleteFrom(table)
      .where('sourceSha256', 'in', (eb) =>
        eb.selectFrom('audioAsset').select('audioAsset.sha256').where('unusedSince', '<', unusedBefore),
      )
      .execute()
  const removed = await db
    .deleteFrom('audioAsset')
    .where('unusedSince', '<', unusedBefore)
    .where((eb) => eb.not(isNamed(eb)))
    .returning('sha256')
    .execute()
  return removed.map(({ sha256 }) => sha256)
}

const Marks = z.array(z.object({ index: z.int(), startMs: z.number(), endMs: z.number() }))

/** Where something is said in a file; null when it is not entered. */
export async function marksOf(db: Db, sha256: string): Promise<readonly Mark[] | null> {
  const row = await db.selectFrom('audioAsset').select('marksJson').where('sha256', '=', sha256).executeTakeFirst()
  return row ? Marks.parse(JSON.parse(row.marksJson)) : null
}

/** Of these hashes, the ones that are entered. */
export async function knownAssets(db: Db, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('audioAsset')
    .select('sha256')
    .where('sha256', 'in', [...hashes])
    .execute()
  return new Set(rows.map(({ sha256 }) => sha256))
}

export interface KeptAudio {
  readonly origin: string
  readonly isUsed: boolean
  readonly files: number
  readonly bytes: number
}

/** How much audio is kept, by how it came to be and whether anything names it. */
export async function countKept(db: Db): Promise<KeptAudio[]> {
  const isUsed = sql<number>`case when ${sql.ref('unusedSince')} is null then 1 else 0 end`
  const rows = await db
    .selectFrom('audioAsset')
    .select((eb) => [
      'origin',
      isUsed.as('isUsed'),
      eb.fn.countAll<number>().as('files'),
      eb.fn.sum('bytes').as('bytes'),
    ])
    .groupBy(['origin', isUsed])
    .execute()
  return rows.map((row) => ({
    origin: row.origin,
    isUsed: Number(row.isUsed) === 1,
    files: Number(row.files),
    bytes: Number(row.bytes),
  }))
}
