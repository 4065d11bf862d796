import { Programme, type PutProgrammeInput } from '#protocol/http/programmes.ts'
import { call } from '../../lib/api.ts'

export const putProgramme = (id: string, input: PutProgrammeInput) =>
  call(Programme, `/api/programmes/${id}`, { method: 'PUT', body: input })
