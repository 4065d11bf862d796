import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Takes the recording in one language away from a draft. */
export const removeRecording = (id: string, language: string) =>
  call(Bulletin, `/api/bulletins/${id}/recordings/${language}/remove`, { method: 'POST', body: {} })
