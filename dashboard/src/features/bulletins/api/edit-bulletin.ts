import { Bulletin, type EditBulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Writes a new version; the bulletin becomes a draft again. */
export const editBulletin = (id: string, input: EditBulletin) =>
  call(Bulletin, `/api/bulletins/${id}`, { method: 'PUT', body: input })
