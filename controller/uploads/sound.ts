import type { BroughtSound } from '#protocol/http/uploads.ts'
import { playableOf } from '../audio/playable.ts'
import { isoOf } from '../iso.ts'
import { sentencesOf } from './findings.ts'
import type { SoundRow } from './uploads.store.ts'

/** A sound that has come whole, as people see it. */
export function soundOf(row: SoundRow): BroughtSound {
  if (row.state === 'receiving') throw new Error(`upload ${row.id} has not come whole`)
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    audio: playableOf(row),
    notes: sentencesOf(row.findingsJson),
    fileName: row.fileName,
    broughtByName: row.broughtByName,
    broughtAt: isoOf(row.createdAt),
  }
}
