import { AiringRules, type PutAiringRules } from '#protocol/http/airing-rules.ts'
import { call } from '../../../lib/api.ts'

export const putRules = (scope: string, body: PutAiringRules) =>
  call(AiringRules, `/api/rules/${scope}`, { method: 'PUT', body })
