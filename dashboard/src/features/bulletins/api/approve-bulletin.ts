import { type ApproveBulletin, Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Lets the version that was heard on air, as it sounded. */
export const approveBulletin = (id: string, heard: ApproveBulletin) =>
  call(Bulletin, `/api/bulletins/${id}/approve`, { method: 'POST', body: heard })
