import type { SoundProfile } from '#protocol/http/areas.ts'
import type { SpokenSegment } from '../speech/synthesise.ts'
import { bedUnder } from './bed.ts'
import { between, readClip, type Span } from './clip.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { keepLevelled, type LevelledAudio } from './keep-levelled.ts'
import { type Music, readyMusic } from './music.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { layOut, type Part, type Programme, spansOf, totalSamples } from './timeline.ts'
import { withWorkFolder } from './work-folder.ts'

/** A file of speech, or what sounds in it between two moments. */
type Segment = Pick<SpokenSegment, 'file' | 'voice' | 'pauseAfterMs'> & { readonly span?: Span }

export interface Production {
  readonly segments: readonly Segment[]
  readonly music: Music
  readonly soundProfile: SoundProfile
  readonly profile: CodecProfile
  readonly loudness: LoudnessTarget
}

/** Where an utterance sounds in the file. */
export interface Mark {
  readonly index: number
  readonly startMs: number
  readonly endMs: number
}

export interface ProducedAudio extends LevelledAudio {
  readonly marks: readonly Mark[]
}

/**
 * Chime, lead-in, speech and closing become one levelled, encoded, stored file. The same input gives the same bytes.
 * `onProgress` gets rising fractions up to 1.
 */
export async function produce(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  input: Production,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProducedAudio> {
  const { profile, loudness } = input
  return await withWorkFolder(ctx.dataDir, async (folder) => {
    const programme = await arrange(ctx, input, folder, signal)
    const audio = await keepLevelled(ctx, { programme, profile, loudness }, onProgress, signal)
    return { ...audio, marks: marksOf(programme.parts, programme.sampleRate, profile) }
  })
}

async function arrange(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: Production,
  folder: string,
  signal: AbortSignal,
): Promise<Programme> {
  const spoken = []
  for (const { file, span, voice, pauseAfterMs } of input.segments) {
    signal.throwIfAborted()
    const whole = await readClip(file)
    spoken.push({ clip: span ? between(whole, span) : whole, voice, pauseAfterMs })
  }
  const sampleRate = spoken[0]?.clip.sampleRate
  if (sampleRate === undefined) throw new AudioError('silent', 'there is nothing to say')
  const odd = spoken.find(({ clip }) => clip.sampleRate !== sampleRate)
  if (odd) {
    throw new AudioError('segment', `${odd.clip.file} has ${odd.clip.sampleRate} Hz where others have ${sampleRate}`)
  }
  const hasBed = input.music.bed !== null
  const speech = layOut(spoken, { music: { opening: null, closing: null }, hasBed, sampleRate })
  const longestMs = (totalSamples(speech) * 1000) / sampleRate
  const music = await readyMusic(ctx, { music: input.music, folder, sampleRate, longestMs }, signal)
  const parts = layOut(spoken, { music, hasBed, sampleRate })
  return {
    parts,
    sampleRate,
    soundProfile: input.soundProfile,
    bed: music.bed && bedUnder(spansOf(parts, 'speech'), music.bed),
  }
}

function marksOf(parts: readonly Part[], sampleRate: number, profile: CodecProfile): readonly Mark[] {
  const delayMs = (profile.delaySamples * 1000) / profile.sampleRate
  const ms = (sample: number): number => Math.round((sample * 1000) / sampleRate + delayMs)
  return spansOf(parts, 'speech').map(({ from, to }, index) => ({ index, startMs: ms(from), endMs: ms(to) }))
}
