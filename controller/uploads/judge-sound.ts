import { MAX_UPLOAD_MS, type UploadPurpose } from '#protocol/http/uploads.ts'
import type { Examined } from '../audio/examine.ts'
import { type Stretch, silentStretches, soundingStretch } from '../audio/silences.ts'
import { SURVEY_HOP_MS } from '../audio/sound-survey.ts'
import { MINUTE, SECOND } from '../units.ts'
import type { Finding } from './findings.ts'
import type { Take } from './level-sound.ts'

/** How long a sound may be. A chime is struck before every bulletin; music is played over and over. */
export const MAX_MS = {
  recording: MAX_UPLOAD_MS,
  chime: 30 * SECOND,
  bed: 30 * MINUTE,
} as const satisfies Record<UploadPurpose, number>

const MIN_MS = SECOND
/** Levelling amplifies by 30 dB at most, and what needs more is hiss by then. */
const LOWEST_LUFS = -46
/** Of the samples where something sounds, how many per cent may lie in runs at full scale. */
const WORST_CLIPPING_PERCENT = 3
const CLIPPING_PERCENT = 0.02
/** Quieter than the whole by so much is silence: between words, and after the last note has faded. */
const SILENCE_BELOW_DB = { recording: 30, chime: 50, bed: 50 } as const satisfies Record<UploadPurpose, number>
/** For judging clipping: quieter parts would only thin it out. */
const SOUND_BELOW_DB = 25
/** Kept before the first sound and after the last. */
const BEFORE_MS = 200
const AFTER_MS = 400
const LONG_SILENCE_MS = 5 * SECOND
const TOLD_SILENCES = 5
/** Less is not worth a word. */
const TOLD_TRIM_MS = 500
const TOLD_DC = 0.01
/** Both channels cancel each other when mixed: one was wired the wrong way round. */
const CANCELLED_DB = 10
/** Highest peak of the clip, so that its 16 bits are used and nothing is cut off. */
const CLIP_PEAK_DBTP = -1

export type Verdict =
  | { readonly kind: 'refused'; readonly finding: Finding }
  | { readonly kind: 'taken'; readonly take: Take; readonly notes: readonly Finding[] }

/** Whether a sound is fit for what it was brought for, what is to be cut from it, and what people should know. */
export function judgeSound(heard: Examined, purpose: UploadPurpose): Verdict {
  const { survey } = heard
  const silence = 10 ** ((heard.loudnessLufs - SILENCE_BELOW_DB[purpose]) / 10)
  const sounding = soundingStretch(survey.powers, silence)
  const refusal = refusalOf(heard, purpose, sounding)
  if (refusal || !sounding) return { kind: 'refused', finding: refusal ?? finding('sound.silent') }
  const fromMs = Math.max(0, sounding.from * SURVEY_HOP_MS - BEFORE_MS)
  const toMs = Math.min(heard.ms, sounding.to * SURVEY_HOP_MS + AFTER_MS)
  const channel = channelOf(heard)
  const pauses = silentStretches(survey.powers, sounding, { threshold: silence, hops: LONG_SILENCE_MS / SURVEY_HOP_MS })
  return {
    kind: 'taken',
    take: { ms: heard.ms, fromMs, toMs, channel, gainDb: CLIP_PEAK_DBTP - heard.truePeakDbtp },
    notes: [
      ...clockNotes(heard),
      ...promiseNotes(heard),
      ...trimNotes(fromMs, heard.ms - toMs),
      ...pauseNotes(pauses),
      ...(clippedPercent(heard) > CLIPPING_PERCENT ? [finding('sound.someClipping')] : []),
      ...(survey.dc > TOLD_DC ? [finding('sound.offset')] : []),
      ...(channel === 'mix' ? [] : [finding('sound.oneChannel')]),
    ],
  }
}

function refusalOf(heard: Examined, purpose: UploadPurpose, sounding: Stretch | null): Finding | null {
  const { ms, loudnessLufs, announcedMs, clockMs, survey } = heard
  // What no number describes, no amplifier should get.
  if (!Number.isFinite(survey.dc) || Number.isNaN(loudnessLufs)) return finding('sound.undecodable')
  if (ms > MAX_MS[purpose]) return finding('sound.tooLong', { limit: lengthInWords(MAX_MS[purpose]) })
  if (announcedMs !== null && isMissed(clockMs, announcedMs)) {
    return finding('sound.cutShort', { announced: lengthInWords(announcedMs), heard: lengthInWords(ms) })
  }
  if (ms < MIN_MS) return finding('sound.tooShort')
  if (loudnessLufs === Number.NEGATIVE_INFINITY || !sounding) return finding('sound.silent')
  if (loudnessLufs < LOWEST_LUFS) return finding('sound.tooQuiet')
  if ((sounding.to - sounding.from) * SURVEY_HOP_MS < MIN_MS) return finding('sound.tooShort')
  const percent = clippedPercent(heard)
  return percent > WORST_CLIPPING_PERCENT
    ? finding('sound.clipped', { percent: Math.round(percent), limit: WORST_CLIPPING_PERCENT })
    : null
}

/** Whether so much less was found than there should be that somebody would miss it. */
const isMissed = (foundMs: number, fullMs: number): boolean => fullMs - foundMs > Math.max(SECOND, fullMs * 0.02)

/** All that the file holds was heard, and yet its clock went on for longer: a pause, or something that was lost. */
const clockNotes = ({ ms, clockMs }: Examined): Finding[] =>
  isMissed(ms, clockMs) ? [finding('sound.skips', { clock: lengthInWords(clockMs), heard: lengthInWords(ms) })] : []

/** All that the header announces may never have been there: a recorder writes it before it knows. */
const promiseNotes = ({ ms, promisedMs }: Examined): Finding[] =>
  promisedMs !== null && isMissed(ms, promisedMs)
    ? [finding('sound.promisedMore', { promised: lengthInWords(promisedMs), heard: lengthInWords(ms) })]
    : []

function clippedPercent({ survey, loudnessLufs, sampleRate, channels }: Examined): number {
  const threshold = 10 ** ((loudnessLufs - SOUND_BELOW_DB) / 10)
  const hops = survey.powers.reduce((count, power) => count + (power > threshold ? 1 : 0), 0)
  return (100 * survey.clippedSamples) / Math.max(1, ((hops * SURVEY_HOP_MS) / 1000) * sampleRate * channels)
}

function channelOf({ survey: { channelPowers, mixPower } }: Examined): Take['channel'] {
  const [left = 0, right = left] = channelPowers
  // Two unlike channels lose 3 dB when mixed, and a silent one 6: neither is a fault.
  if (mixPower >= Math.max(left, right) * 10 ** (-CANCELLED_DB / 10)) return 'mix'
  return left >= right ? 'left' : 'right'
}

function trimNotes(startMs: number, endMs: number): Finding[] {
  const [start, end] = [seconds(startMs), seconds(endMs)]
  if (startMs >= TOLD_TRIM_MS && endMs >= TOLD_TRIM_MS) return [finding('sound.trimmed', { start, end })]
  if (startMs >= TOLD_TRIM_MS) return [finding('sound.trimmedStart', { start })]
  return endMs >= TOLD_TRIM_MS ? [finding('sound.trimmedEnd', { end })] : []
}

function pauseNotes(pauses: readonly Stretch[]): Finding[] {
  if (pauses.length === 0) return []
  const told = pauses.slice(0, TOLD_SILENCES).map(({ from, to }) => {
    const length = Math.round(((to - from) * SURVEY_HOP_MS) / SECOND)
    return `${clockTime(from * SURVEY_HOP_MS)} (${length} giây)`
  })
  const places = [...told, ...(pauses.length > told.length ? ['…'] : [])].join(', ')
  return [finding('sound.pauses', { count: pauses.length, places })]
}

const finding = (key: string, values: Finding['values'] = {}): Finding => ({ key, values })

/** `1,5`. */
const seconds = (ms: number): string => (Math.round(ms / 100) / 10).toLocaleString('vi')

/** `1:05`, `1:02:05`. */
function clockTime(ms: number): string {
  const total = Math.floor(ms / SECOND)
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** `3 giờ`, `30 phút`, `1 phút 5 giây`. */
function lengthInWords(ms: number): string {
  const total = Math.round(ms / SECOND)
  const parts = [
    [Math.floor(total / 3600), 'giờ'],
    [Math.floor(total / 60) % 60, 'phút'],
    [total % 60, 'giây'],
  ] as const
  return (
    parts
      .filter(([n]) => n > 0)
      .map(([n, unit]) => `${n} ${unit}`)
      .join(' ') || '0 giây'
  )
}
