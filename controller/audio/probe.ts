import type { Ffmpeg } from './ffmpeg.ts'

export interface ProbedAudio {
  readonly ms: number
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  readonly codec: string
  readonly sampleRate: number
  readonly channels: number
}

/** Decodes the whole file and says what is in it. */
export async function probe(
  _ctx: { readonly ffmpeg: Ffmpeg },
  _file: string,
  _signal: AbortSignal,
): Promise<ProbedAudio> {
  throw new Error('not built yet')
}
