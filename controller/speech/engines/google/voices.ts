import type { Clock } from '../../../clock.ts'
import { DAY } from '../../../units.ts'
import type { GoogleClient } from './client.ts'
import { familyOf, type GoogleFamily } from './families.ts'

export interface GoogleVoice {
  readonly name: string
  /** Null: of a kind that has no budget here. */
  readonly family: GoogleFamily | null
  readonly gender: 'male' | 'female' | 'unknown'
}

/** Lists the service's Vietnamese voices, anew after a day; when the service does not answer, the last list stands. */
export type ListGoogleVoices = (signal: AbortSignal) => Promise<readonly GoogleVoice[]>

const TIMEOUT_MS = 10_000

export function createVoiceList({ client, clock }: { client: GoogleClient; clock: Clock }): ListGoogleVoices {
  let known: { readonly voices: readonly GoogleVoice[]; readonly at: number } | null = null
  return async (signal) => {
    if (known && clock.now() - known.at < DAY) return known.voices
    try {
      const listed = await client.listVoices({ timeoutMs: TIMEOUT_MS, signal })
      const voices = listed.map(({ name, ssmlGender }) => ({
        name,
        family: familyOf(name),
        gender: GENDERS[String(ssmlGender)] ?? ('unknown' as const),
      }))
      known = { voices, at: clock.now() }
      return voices
    } catch (error) {
      signal.throwIfAborted()
      if (!known) throw error
      return known.voices
    }
  }
}

/** The library gives enums by name or, from newer servers, by number. */
const GENDERS: Readonly<Record<string, GoogleVoice['gender']>> = {
  MALE: 'male',
  FEMALE: 'female',
  1: 'male',
  2: 'female',
}
