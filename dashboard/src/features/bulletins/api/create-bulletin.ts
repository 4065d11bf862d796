import { Bulletin, type CreateBulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

export const createBulletin = (input: CreateBulletin) =>
  call(Bulletin, '/api/bulletins', { method: 'POST', body: input })
