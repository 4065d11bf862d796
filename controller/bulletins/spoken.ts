import { z } from 'zod'
import type { Rendition } from '#protocol/http/bulletins.ts'
import { messageOf } from '../messages.ts'
import { engineKind, engineTitle } from '../speech/engine-name.ts'
import type { SkippedEngine } from '../speech/speak-script.ts'
import { SPEECH_ERROR_CODES } from '../speech/speech.ts'

const Skipped = z.array(z.object({ engine: z.string(), reason: z.enum(SPEECH_ERROR_CODES) }))

/** The engines that should have spoken before, as stored with the rendition. */
export const skippedOf = (json: string | null): SkippedEngine[] =>
  json === null ? [] : Skipped.parse(JSON.parse(json))

interface Spoken {
  readonly spokenEngine: string | null
  readonly spokenVoice: string | null
  readonly spokenSecond: string | null
  readonly skippedJson: string | null
}

/** Who spoke, for people: the engine without version and settings, and its own names of the voices. */
export function voiceOf({ spokenEngine, spokenVoice, spokenSecond }: Spoken): Rendition['voice'] {
  if (spokenEngine === null || spokenVoice === null) return null
  return { engine: engineKind(spokenEngine), name: spokenVoice, second: spokenSecond }
}

/** Why somebody else did not speak, in words; null when nobody was passed over. */
export function fallbackOf(spoken: Spoken): string | null {
  const by = spoken.spokenEngine
  const skipped = skippedOf(spoken.skippedJson)
  if (by === null || skipped.length === 0) return null
  const why = skipped.map(({ engine, reason }) => messageOf(`fallback.${reason}`, { engine: engineTitle(engine) }))
  return [...why, messageOf('fallback.by', { engine: engineTitle(by) })].join(' ')
}
