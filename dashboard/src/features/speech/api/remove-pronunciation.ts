import { call } from '../../../lib/api.ts'
import { Pronunciations } from './list-pronunciations.ts'

/** Answers what is left. */
export const removePronunciation = (areaCode: string, written: string) =>
  call(Pronunciations, `/api/speech/dictionaries/${areaCode}/remove`, { method: 'POST', body: { written } })
