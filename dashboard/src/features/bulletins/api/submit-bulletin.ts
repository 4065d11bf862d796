import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Sends a draft to the person who approves. */
export const submitBulletin = (id: string) =>
  call(Bulletin, `/api/bulletins/${id}/submit`, { method: 'POST', body: {} })
