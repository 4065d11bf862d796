import { z } from 'zod'
import { call } from '../../../lib/api.ts'

export const signOut = () => call(z.unknown(), '/api/auth/sign-out', { method: 'POST', body: {} })
