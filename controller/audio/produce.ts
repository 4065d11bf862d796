import type { SpokenSegment } from '../speech/synthesise.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import type { MediaStore } from './store.ts'

export interface ProducedAudio {
  readonly sha256: string
  readonly bytes: number
  /** Length as every decoder plays it. */
  readonly ms: number
  readonly codec: 'mp3'
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  /** Where each utterance sounds in the file. */
  readonly marks: readonly { readonly index: number; readonly startMs: number; readonly endMs: number }[]
}

/** Chime, lead-in, speech and closing become one levelled, encoded, stored file. The same input gives the same bytes. */
export async function produce(
  _ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  _input: {
    readonly segments: readonly SpokenSegment[]
    readonly chime: boolean
    readonly profile: CodecProfile
    readonly loudness: LoudnessTarget
  },
  /** Fraction done, 0 to 1. */
  _onProgress: (fraction: number) => void,
  _signal: AbortSignal,
): Promise<ProducedAudio> {
  throw new Error('not built yet')
}
