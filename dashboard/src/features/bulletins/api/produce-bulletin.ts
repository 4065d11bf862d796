import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Tries a failed production again. */
export const produceBulletin = (id: string) =>
  call(Bulletin, `/api/bulletins/${id}/produce`, { method: 'POST', body: {} })
