import type { Db } from '../db/open.ts'
import type { ProducedAudio } from './produce.ts'

/** Enters stored audio, and takes it back into use where it is known already. */
export async function keepAsset(
  db: Db,
  audio: ProducedAudio,
  { origin, at }: { origin: 'production' | 'recording' | 'chime' | 'bed'; at: number },
): Promise<void> {
  const { marks, ...rest } = audio
  const peaks = Buffer.from(audio.peaks).toString('base64')
  await db
    .insertInto('audioAsset')
    .values({ ...rest, peaks, marksJson: JSON.stringify(marks), origin, createdAt: at })
    // The same sound may be there from before its peaks were measured.
    .onConflict((oc) => oc.column('sha256').doUpdateSet({ unusedSince: null, peaks }))
    .execute()
}
