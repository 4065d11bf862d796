import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Has the recording in one language checked again. */
export const recheckRecording = (id: string, language: string) =>
  call(Bulletin, `/api/bulletins/${id}/recordings/${language}/check`, { method: 'POST', body: {} })
