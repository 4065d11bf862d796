import { z } from 'zod'
import type { AcceptInvitation } from '#protocol/http/accounts.ts'
import { call } from '../../../lib/api.ts'

/** Creates the account and signs it in. */
export const acceptInvitation = (input: AcceptInvitation) =>
  call(z.unknown(), '/api/invitations/accept', { method: 'POST', body: input })
