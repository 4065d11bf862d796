import type { PlayableAudio } from '#protocol/http/audio.ts'

/** Columns of stored audio beside a row that may have none yet. */
export interface JoinedAudio {
  readonly sha256: string | null
  readonly bytes: number | null
  readonly ms: number | null
  readonly loudnessLufs: number | null
  readonly truePeakDbtp: number | null
}

/** As pages play it; null while there is none. */
export function playableOf({ sha256, ms, bytes, loudnessLufs, truePeakDbtp }: JoinedAudio): PlayableAudio | null {
  const isComplete = sha256 !== null && ms !== null && bytes !== null && loudnessLufs !== null && truePeakDbtp !== null
  return isComplete ? { sha256, url: `/media/${sha256}.mp3`, ms, bytes, loudnessLufs, truePeakDbtp } : null
}
