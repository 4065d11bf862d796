import { z } from 'zod'
import { call } from '../../../lib/api.ts'

/** Ends all sessions of the account; the answer's cookie is a new one for this browser. */
export const changePassword = (input: { currentPassword: string; newPassword: string }) =>
  call(z.unknown(), '/api/auth/change-password', { method: 'POST', body: input })
