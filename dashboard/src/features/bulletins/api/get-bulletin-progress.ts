import { queryOptions } from '@tanstack/react-query'
import { BulletinProgress } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export const bulletinProgressQuery = (id: string) =>
  queryOptions({
    queryKey: keys.bulletinProgress(id),
    queryFn: ({ signal }) => call(BulletinProgress, `/api/bulletins/${id}/progress`, { signal }),
  })
