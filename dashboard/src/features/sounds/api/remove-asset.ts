import { z } from 'zod'
import { Asset } from '#protocol/http/uploads.ts'
import { call } from '../../../lib/api.ts'

const Answer = z.object({ items: z.array(Asset) })

/** Takes a sound out of the library; answers what is left. */
export const removeAsset = async (id: string) =>
  (await call(Answer, `/api/assets/${id}/remove`, { method: 'POST', body: {} })).items
