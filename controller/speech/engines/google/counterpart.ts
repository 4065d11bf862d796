import type { Sex } from '../../speech.ts'
import { familyOf, type GoogleFamily, type VoiceInFamily } from './families.ts'

type Names = Readonly<Record<Sex, readonly string[]>>

const LETTERS: Names = { female: ['A', 'C'], male: ['B', 'D'] }

/**
 * The last part of the names of Google's Vietnamese voices, by what they sound like: those at the same place make a pair.
 * Written down rather than asked for, since a voice's name is part of every cache key: what has been spoken must be found
 * without a network, and must not be spoken and paid for anew because a list has changed its order.
 * https://docs.cloud.google.com/text-to-speech/docs/list-voices-and-types and …/docs/chirp3-hd
 */
const VOICES: Readonly<Record<GoogleFamily, Names>> = {
  standard: LETTERS,
  wavenet: LETTERS,
  neural2: { female: ['A'], male: ['D'] },
  'chirp3-hd': {
    female: [
      ...['Kore', 'Aoede', 'Leda', 'Zephyr', 'Achernar', 'Autonoe', 'Callirrhoe'],
      ...['Despina', 'Erinome', 'Gacrux', 'Laomedeia', 'Pulcherrima', 'Sulafat', 'Vindemiatrix'],
    ],
    male: [
      ...['Charon', 'Puck', 'Fenrir', 'Orus', 'Achird', 'Algenib', 'Algieba', 'Alnilam'],
      ...['Enceladus', 'Iapetus', 'Rasalgethi', 'Sadachbia', 'Sadaltager', 'Schedar', 'Umbriel', 'Zubenelgenubi'],
    ],
  },
}

/** Null for a voice that is newer than our list. */
export const sexOf = (voice: string): Sex | null => placeOf(voice)?.sex ?? null

/** The voice of the other sex in the same family that is to talk with this one; for an unknown voice, the family's first. */
export function counterpartOf({ voice, family }: VoiceInFamily): VoiceInFamily {
  const place = placeOf(voice)
  const others = VOICES[family][place?.sex === 'female' ? 'male' : 'female']
  const name = others[place?.index ?? 0] ?? others[0] ?? ''
  return { voice: voice.replace(NAME, name), family }
}

const NAME = /\w+$/

function placeOf(voice: string): { readonly sex: Sex; readonly index: number } | null {
  const family = familyOf(voice)
  const name = NAME.exec(voice)?.[0] ?? ''
  for (const sex of ['female', 'male'] as const) {
    const index = family ? VOICES[family][sex].indexOf(name) : -1
    if (index >= 0) return { sex, index }
  }
  return null
}
