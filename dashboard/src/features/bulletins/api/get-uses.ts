import { queryOptions } from '@tanstack/react-query'
import { BulletinUses } from '#protocol/http/bulletin-uses.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

/** Where a bulletin airs; asked anew each time, since a programme anywhere changes it. */
export const usesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.bulletinUses(id),
    queryFn: ({ signal }) => call(BulletinUses, `/api/bulletins/${id}/uses`, { signal }),
    staleTime: 0,
  })
