import { type CreateInvitation, Invitation } from '#protocol/http/accounts.ts'
import { call } from '../../../lib/api.ts'

export const createInvitation = (input: CreateInvitation) =>
  call(Invitation, '/api/invitations', { method: 'POST', body: input })
