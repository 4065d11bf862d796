import { z } from 'zod'
import { AreaCode } from '../ids.ts'
import { OmittablePart } from './bulletins.ts'
import { IsoInstant, line } from './common.ts'

const SPEAKABLE = /^[\p{L}\p{M}\s,.?!]+$/u

/** One word of an area's pronunciation dictionary (từ điển phát âm). */
export const PutPronunciation = z.object({
  /** As it stands in scripts. All in lower case it matches any case. */
  written: line(60),
  /** As it must be said: Vietnamese words only. */
  spoken: z.string().trim().min(1).max(200).regex(SPEAKABLE, 'format.spoken'),
})
export type PutPronunciation = z.infer<typeof PutPronunciation>

export const Pronunciation = PutPronunciation.extend({
  areaCode: AreaCode,
  updatedByName: z.string(),
  updatedAt: IsoInstant,
})
export type Pronunciation = z.infer<typeof Pronunciation>

export const PreviewSpeech = z.object({
  script: z.string(),
  /** Whose dictionary and engines apply: the first area that the bulletin is for. */
  areaCode: AreaCode.optional(),
})
export type PreviewSpeech = z.infer<typeof PreviewSpeech>

/** A stretch of the script that is not said as it is written; offsets are UTF-16 units into the script. */
export const SpokenSpan = z.object({
  start: z.int(),
  end: z.int(),
  source: z.string(),
  reading: z.string(),
  kind: z.string(),
  rule: z.string(),
  alternatives: z.array(z.string()),
  /** The rule guessed: a person should look. */
  needsReview: z.boolean(),
})
export type SpokenSpan = z.infer<typeof SpokenSpan>

export const SpeechPreview = z.object({
  utterances: z.array(
    z.object({
      start: z.int(),
      end: z.int(),
      source: z.string(),
      spoken: z.string(),
      /** Part of the document; `signature` and `table` may be left out. */
      kind: z.enum(['heading', 'sentence', 'signature', 'table']),
      /** Who speaks: narrator, question, answer, or a character of a skit. */
      turn: z.string(),
      /** Which voice speaks it, if the first engine of the area speaks the script; all `lead` where it has one. */
      part: z.enum(['lead', 'second']),
      pauseAfterMs: z.int(),
      spans: z.array(SpokenSpan),
    }),
  ),
  reviewCount: z.int(),
})
export type SpeechPreview = z.infer<typeof SpeechPreview>

/** A speech engine that this installation has. */
export const SpeechEngine = z.object({
  /** As stations name it, such as `google`. */
  name: z.string(),
  /** Bills what it is sent. */
  isPaid: z.boolean(),
})
export type SpeechEngine = z.infer<typeof SpeechEngine>

export const EstimateSpeech = PreviewSpeech.extend({
  /** Parts that are not said. */
  omit: z.array(OmittablePart).default([]),
})
export type EstimateSpeech = z.infer<typeof EstimateSpeech>

/** What producing a script would cost now. */
export const SpeechEstimate = z.object({
  sentences: z.int(),
  /** Of these, spoken already: they cost nothing. */
  cached: z.int(),
  /** That would be sent, as the provider counts them; 0 for an engine that costs nothing. */
  characters: z.int(),
  /** What the provider bills together, such as `neural2`; null for an engine that costs nothing. */
  family: z.string().nullable(),
  /** Characters of the family that may still be sent this month. */
  remaining: z.int().nullable(),
  /** The share of these characters that the second voice sends, where that is of another family than the lead. */
  second: z.object({ characters: z.int(), family: z.string(), remaining: z.int() }).nullable(),
})
export type SpeechEstimate = z.infer<typeof SpeechEstimate>
