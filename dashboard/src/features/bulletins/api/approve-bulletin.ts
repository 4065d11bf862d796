import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Lets the bulletin on air. */
export const approveBulletin = (id: string) =>
  call(Bulletin, `/api/bulletins/${id}/approve`, { method: 'POST', body: {} })
