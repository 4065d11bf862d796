import { z } from 'zod'
import { Asset } from '#protocol/http/uploads.ts'
import { call } from '../../../lib/api.ts'

const Answer = z.object({ items: z.array(Asset) })

/** Has a sound of the library checked again; answers the library. */
export const recheckAsset = async (id: string) =>
  (await call(Answer, `/api/assets/${id}/check`, { method: 'POST', body: {} })).items
