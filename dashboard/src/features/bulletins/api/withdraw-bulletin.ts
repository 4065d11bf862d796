import { Bulletin, type WithdrawBulletin } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'

/** Takes the version that was seen on air off every plan to come. */
export const withdrawBulletin = (id: string, input: WithdrawBulletin) =>
  call(Bulletin, `/api/bulletins/${id}/withdraw`, { method: 'POST', body: input })
