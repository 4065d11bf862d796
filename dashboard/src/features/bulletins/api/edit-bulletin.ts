import { Bulletin, type CreateBulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Writes a new version; the bulletin becomes a draft again. */
export const editBulletin = (id: string, input: CreateBulletin) =>
  call(Bulletin, `/api/bulletins/${id}`, { method: 'PUT', body: input })
