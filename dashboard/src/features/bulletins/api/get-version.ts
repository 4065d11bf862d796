import { queryOptions } from '@tanstack/react-query'
import { BulletinVersion } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export const versionQuery = (id: string, versionId: string) =>
  queryOptions({
    queryKey: keys.bulletinVersion(id, versionId),
    queryFn: ({ signal }) => call(BulletinVersion, `/api/bulletins/${id}/versions/${versionId}`, { signal }),
  })
