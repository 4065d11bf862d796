import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { InboxItem, SessionChoice, SessionRef } from '#protocol/http/inbox.ts'
import { notifyUndoable } from '../../components/ui/notify-undoable.tsx'
import { clock } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { notifyFailed } from '../../lib/notify.ts'
import { keys } from '../../lib/query-keys.ts'
import { useErrorText } from '../../lib/use-error-text.ts'
import { placeItem, unplaceItem } from './api/decide.ts'
import { sessionChoicesQuery } from './api/session-choices.ts'

const isSame = (a: SessionRef, b: SessionRef): boolean =>
  a.programmeId === b.programmeId && a.originalDate === b.originalDate

/** One bulletin on its way into a session of the day that is laid out, and what it would do there. */
export function usePlacing() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const [item, setItem] = useState<InboxItem | null>(null)
  /** A full session, which gives something up only once that was read. */
  const [costly, setCostly] = useState<SessionChoice | null>(null)
  const query = sessionChoicesQuery(item ?? { areaCode: '', bulletinId: '' })
  const choices = useQuery({ ...query, enabled: item !== null })
  const refresh = async (): Promise<void> => {
    const stale = [keys.inbox, keys.days, keys.broadcastLists]
    await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
  const placing = useMutation({
    mutationFn: async ({ into, what }: { into: SessionChoice; what: InboxItem }) => {
      const { programmeId, originalDate, programmeName, startAt } = into
      const session = { programmeId, originalDate }
      await placeItem(what, { sessions: [session], insist: into.drops.length > 0 })
      notifyUndoable(
        t('arrivals.put', { title: what.title, session: `${clock(startAt)} ${programmeName}` }),
        async () => {
          await unplaceItem(what, session)
          await refresh()
        },
      )
    },
    onSuccess: () => setItem(null),
    onError: (error) => notifyFailed(t('inbox.failed'), textOf(error)),
    onSettled: () => {
      setCostly(null)
      return refresh()
    },
  })
  const put = (into: SessionChoice, what: InboxItem): void => {
    if (into.has || into.obstacle !== null) return
    if (into.drops.length > 0) setCostly(into)
    else placing.mutate({ into, what })
  }
  return {
    item,
    choose: setItem,
    isLoading: item !== null && choices.isPending,
    choiceOf: (session: SessionRef): SessionChoice | null =>
      choices.data?.items.find((choice) => isSame(choice, session)) ?? null,
    put: (into: SessionChoice) => item && put(into, item),
    /** Where it was let go of, maybe before the choices have come. */
    dropOn: async (session: SessionRef, what: InboxItem): Promise<void> => {
      try {
        const { items } = await client.fetchQuery(sessionChoicesQuery(what))
        const into = items.find((choice) => isSame(choice, session))
        if (into?.obstacle) notifyFailed(t('inbox.failed'), into.obstacle)
        else if (into) put(into, what)
      } catch (error) {
        notifyFailed(t('inbox.failed'), textOf(error))
      }
    },
    costly,
    isPending: placing.isPending,
    pendingIn: placing.isPending ? placing.variables.into : null,
    insist: () => costly && item && placing.mutate({ into: costly, what: item }),
    desist: () => setCostly(null),
  }
}

export type Placing = ReturnType<typeof usePlacing>
