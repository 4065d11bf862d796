import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

export const deleteBulletin = (id: string) =>
  call(Bulletin.pick({ id: true }), `/api/bulletins/${id}/delete`, { method: 'POST', body: {} })
