import { type CreateProgrammeInput, Programme } from '#protocol/http/programmes.ts'
import { call } from '../../../lib/api.ts'

export const createProgramme = (input: CreateProgrammeInput) =>
  call(Programme, '/api/programmes', { method: 'POST', body: input })
