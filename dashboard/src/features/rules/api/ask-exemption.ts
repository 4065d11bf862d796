import { type AskExemption, Exemption } from '#protocol/http/exemptions.ts'
import { call } from '../../../lib/api.ts'

export const askExemption = (body: AskExemption) => call(Exemption, '/api/exemptions', { method: 'POST', body })
