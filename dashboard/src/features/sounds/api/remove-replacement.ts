import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Takes away what was to take the place of the recording in one language. */
export const removeReplacement = (id: string, language: string) =>
  call(Bulletin, `/api/bulletins/${id}/recordings/${language}/replacement/remove`, { method: 'POST', body: {} })
