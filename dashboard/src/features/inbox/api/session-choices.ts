import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { SessionChoice } from '#protocol/http/inbox.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Answer = z.object({ items: z.array(SessionChoice) })

/** Asked anew each time: what is full now may have room in a minute. */
export const sessionChoicesQuery = ({ areaCode, bulletinId }: { areaCode: string; bulletinId: string }) =>
  queryOptions({
    queryKey: keys.inboxSessions(areaCode, bulletinId),
    queryFn: ({ signal }) => call(Answer, `/api/inbox/${areaCode}/${bulletinId}/sessions`, { signal }),
    staleTime: 0,
  })
