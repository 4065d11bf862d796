import { Exemption } from '#protocol/http/exemptions.ts'
import { call } from '../../../lib/api.ts'

export const settleExemption = (id: string, deed: 'grant' | 'refuse' | 'revoke') =>
  call(Exemption, `/api/exemptions/${id}/${deed}`, { method: 'POST', body: {} })
