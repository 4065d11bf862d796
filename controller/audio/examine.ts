import { MINUTE } from '../units.ts'
import { type Ffmpeg, FfmpegError } from './ffmpeg.ts'
import { createFloatWavReader, type SoundFormat } from './float-wav.ts'
import { createMeter } from './meter.ts'
import { createSoundSurveyor, type SoundSurvey } from './sound-survey.ts'
import { examineRecipe, type StrangeFile } from './strange-recipe.ts'

/** What a stranger's file sounds like, in one pass over it. */
export interface Examined extends SoundFormat {
  /** Counted in decoded samples; as much as was decoded. */
  readonly ms: number
  /** What the file itself says, where that can be relied on. */
  readonly announcedMs: number | null
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  readonly survey: SoundSurvey
}

/** `video`: it has moving pictures. `undecodable`: there is no sound in it, or it is broken. `slow`: time was up. */
export type Unexaminable = 'video' | 'undecodable' | 'slow'

const TIMEOUT_MS = 10 * MINUTE

/** Hears a stranger's file through. */
export async function examine(
  ctx: { readonly ffmpeg: Ffmpeg },
  strange: StrangeFile,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Examined | Unexaminable> {
  const reader = createFloatWavReader((format) => {
    const [meter, surveyor] = [createMeter(format), createSoundSurveyor(format)]
    return {
      meter,
      surveyor,
      push(samples: Float32Array) {
        meter.push(samples)
        surveyor.push(samples)
      },
    }
  })
  const log = await decode(ctx.ffmpeg, strange, reader.take, onProgress, signal)
  if (log.failure) return log.failure
  if (VIDEO.test(log.text)) return 'video'
  const heard = reader.result()
  if (!heard) return 'undecodable'
  const { samples, loudnessLufs, truePeakDbtp } = heard.sink.meter.result()
  return {
    ...heard.format,
    ms: (samples * 1000) / heard.format.sampleRate,
    announcedMs: announcedMs(log.text, strange),
    loudnessLufs,
    truePeakDbtp,
    survey: heard.sink.surveyor.result(),
  }
}

/** `Stream #0:1: Video: h264 …`; a cover is a picture that is attached. */
const VIDEO = /Stream #0:\d+.*?: Video: (?!.*attached pic)/

async function decode(
  ffmpeg: Ffmpeg,
  strange: StrangeFile,
  onOutput: (chunk: Buffer) => void,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly failure: Unexaminable | null }> {
  try {
    const { log } = await ffmpeg.run(examineRecipe(strange), {
      signal,
      timeoutMs: TIMEOUT_MS,
      isStrange: true,
      onOutput,
      expectedMs: strange.maxMs,
      onProgress,
    })
    return { text: log, failure: null }
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error
    const text = error.stderrTail
    if (error.code === 'timeout') return { text, failure: 'slow' }
    if (error.code === 'exit') return { text, failure: VIDEO.test(text) ? 'video' : 'undecodable' }
    throw error
  }
}

/** Formats whose length is counted when they are written; the others only guess it by their size. */
const COUNTED: ReadonlySet<string> = new Set(['mov', 'flac', 'matroska'])

function announcedMs(log: string, { format }: StrangeFile): number | null {
  const match = COUNTED.has(format.name) ? /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(log) : null
  if (!match) return null
  const [, hours, minutes, seconds] = match
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
}
