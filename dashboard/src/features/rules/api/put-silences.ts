import { AiringRules, type PutSilences } from '#protocol/http/airing-rules.ts'
import { call } from '../../../lib/api.ts'

export const putSilences = (scope: string, body: PutSilences) =>
  call(AiringRules, `/api/rules/${scope}/silences`, { method: 'PUT', body })
