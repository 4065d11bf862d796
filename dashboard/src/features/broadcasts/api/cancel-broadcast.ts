import { Broadcast } from '#protocol/http/broadcasts.ts'
import { call } from '../../../lib/api.ts'

export const cancelBroadcast = (id: string) =>
  call(Broadcast, `/api/broadcasts/${id}/cancel`, { method: 'POST', body: {} })
