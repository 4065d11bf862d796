import { Bulletin, type ReturnBulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Sends a pending bulletin back to its author, with the reason. */
export const returnBulletin = (id: string, input: ReturnBulletin) =>
  call(Bulletin, `/api/bulletins/${id}/return`, { method: 'POST', body: input })
