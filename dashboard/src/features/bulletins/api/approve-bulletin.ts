import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Lets the version that was heard on air. */
export const approveBulletin = (id: string, versionId: string) =>
  call(Bulletin, `/api/bulletins/${id}/approve`, { method: 'POST', body: { versionId } })
