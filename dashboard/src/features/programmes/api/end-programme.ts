import { Programme } from '#protocol/http/programmes.ts'
import { call } from '../../../lib/api.ts'

export const endProgramme = (id: string) => call(Programme, `/api/programmes/${id}/end`, { method: 'POST', body: {} })
