import { Pronunciation, type PutPronunciation } from '#protocol/http/speech.ts'
import { call } from '../../../lib/api.ts'

/** Adds a word, or changes how it is said. */
export const putPronunciation = (areaCode: string, entry: PutPronunciation) =>
  call(Pronunciation, `/api/speech/dictionaries/${areaCode}`, { method: 'PUT', body: entry })
