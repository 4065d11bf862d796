import { SECOND } from '../units.ts'
import { type Ffmpeg, FfmpegError, type FfmpegResult, type FfmpegRun } from './ffmpeg.ts'
import { createFloatWavReader, type SoundFormat } from './float-wav.ts'
import { createMeter } from './meter.ts'
import { promisedMs } from './promised-length.ts'
import { createSoundSurveyor, type SoundSurvey } from './sound-survey.ts'
import { examineRecipe, type StrangeFile } from './strange-recipe.ts'
import { decodeLimitMs } from './time-limit.ts'

/** What a stranger's file sounds like, in one pass over it. */
export interface Examined extends SoundFormat {
  /** Counted in decoded samples; no more than is allowed and a second, so that more can be told. */
  readonly ms: number
  /** What the file itself says, where that can be relied on. */
  readonly announcedMs: number | null
  /** What the header of a WAV says, which a recorder writes before it knows. */
  readonly promisedMs: number | null
  /** Where its last sound lies by its own clock, which may skip: what a clock leaves out was never in the file. */
  readonly clockMs: number
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  readonly survey: SoundSurvey
}

/** `video`: it has moving pictures. `undecodable`: there is no sound in it, or it is broken. */
export type Unexaminable = 'video' | 'undecodable'

/** Beyond what is allowed, so that it can be told from what is just as long. */
const BEYOND_MS = SECOND
/** Speech may be so well compressed that its size says little: what is heard this many times faster than it plays does not hang. */
const SLOWEST = 20

/** Hears a stranger's file through. Throws `FfmpegError` for what is no fault of the file, as far as anybody can tell. */
export async function examine(
  ctx: { readonly ffmpeg: Ffmpeg },
  strange: StrangeFile,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Examined | Unexaminable> {
  const enough = new AbortController()
  const reader = createFloatWavReader((format) => {
    const [meter, surveyor] = [createMeter(format), createSoundSurveyor(format)]
    let room = Math.round(((strange.maxMs + BEYOND_MS) * format.sampleRate) / 1000) * format.channels
    return {
      meter,
      surveyor,
      push(samples: Float32Array) {
        if (samples.length > room) enough.abort()
        const taken = samples.subarray(0, room)
        room -= taken.length
        meter.push(taken)
        surveyor.push(taken)
      },
    }
  })
  const run = { signal, enough: enough.signal, onOutput: reader.take, onProgress }
  const decoded = await decode(ctx.ffmpeg, strange, run)
  if (typeof decoded === 'string') return decoded
  const { log, positionMs } = decoded
  if (VIDEO.test(log)) return 'video'
  const heard = reader.result()
  if (!heard) return 'undecodable'
  const { samples, loudnessLufs, truePeakDbtp } = heard.sink.meter.result()
  const ms = (samples * 1000) / heard.format.sampleRate
  return {
    ...heard.format,
    ms,
    announcedMs: announcedMs(log, strange),
    promisedMs: strange.format.name === 'wav' ? await promisedMs(strange, ms) : null,
    clockMs: CLOCKED.has(strange.format.name) ? Math.max(ms, startMs(log) + (positionMs ?? 0)) : ms,
    loudnessLufs,
    truePeakDbtp,
    survey: heard.sink.surveyor.result(),
  }
}

/** `Stream #0:1: Video: h264 …`; a cover is a picture that is attached. */
const VIDEO = /Stream #0:\d+.*?: Video: (?!.*attached pic)/

/**
 * Whether ffmpeg has looked at the file and could make nothing of it. A program that is missing or damaged ends with an
 * error too, and a disk may fail: whoever has brought a file does not lose it over them.
 */
const blamesFile = (said: string, { file }: StrangeFile): boolean =>
  (said.includes(`file:${file}`) || SAYS_BROKEN.test(said)) && !SAYS_UNREADABLE.test(said)

/** For when so much was said of it that its name is not among the last lines. */
const SAYS_BROKEN = /Invalid data found when processing input|Conversion failed/
/** As the C library puts EIO, EACCES and ENOENT. */
const SAYS_UNREADABLE = /Input\/output error|Permission denied|No such file or directory/

async function decode(
  ffmpeg: Ffmpeg,
  strange: StrangeFile,
  run: Pick<FfmpegRun, 'signal' | 'enough' | 'onOutput' | 'onProgress'>,
): Promise<FfmpegResult | Unexaminable> {
  try {
    return await ffmpeg.run(examineRecipe(strange), {
      ...run,
      timeoutMs: Math.max(await decodeLimitMs(strange.file), strange.maxMs / SLOWEST),
      isStrange: true,
      expectedMs: strange.maxMs,
    })
  } catch (error) {
    if (!(error instanceof FfmpegError && error.code === 'exit')) throw error
    if (VIDEO.test(error.stderrTail)) return 'video'
    if (blamesFile(error.stderrTail, strange)) return 'undecodable'
    throw error
  }
}

/** Formats whose length is counted when they are written. Of an MP3 that does not say it, ffmpeg guesses it by its size. */
const COUNTED: ReadonlySet<string> = new Set(['mov', 'flac', 'matroska', 'mp3'])
const IS_GUESSED = /Estimating duration/

function announcedMs(log: string, { format }: StrangeFile): number | null {
  const isCounted = COUNTED.has(format.name) && !IS_GUESSED.test(log)
  const match = isCounted ? /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(log) : null
  if (!match) return null
  const [, hours, minutes, seconds] = match
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
}

/** Formats that write down when each sound is due; for the others ffmpeg counts, by what the file is like at its start. */
const CLOCKED: ReadonlySet<string> = new Set(['mov', 'matroska'])

/** `Duration: 00:00:14.40, start: 2.978000`: the clock of the output begins there. */
const startMs = (log: string): number => Number(/Duration: \S+ start: (-?\d+\.\d+)/.exec(log)?.[1] ?? 0) * 1000
