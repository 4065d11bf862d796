import { z } from 'zod'
import { call } from '../../../lib/api.ts'

/** The sign-in library's answer; all that matters is that it set the cookie. */
export const signIn = (input: { username: string; password: string }) =>
  call(z.unknown(), '/api/auth/sign-in/username', { method: 'POST', body: input })
