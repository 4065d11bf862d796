import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DayBulletin, DaySession } from '#protocol/http/days.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { moveItem, unplaceItem } from '../api/decide.ts'
import { movableIn } from '../movable.ts'
import styles from './placed-actions.module.css'

interface PlacedActionsProps {
  readonly areaCode: string
  readonly session: DaySession
  readonly bulletin: DayBulletin
}

/** Moves a bulletin among those of its class in a session, or takes out of it what was put there. */
export function PlacedActions({ areaCode, session, bulletin }: PlacedActionsProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const key = { areaCode, bulletinId: bulletin.id }
  const { programmeId, originalDate } = session
  const changing = useMutation({
    mutationFn: async (position: number | null) => {
      if (position === null) await unplaceItem(key, { programmeId, originalDate })
      else await moveItem(key, { programmeId, originalDate, position })
    },
    onSuccess: (_, position) =>
      notifyDone(
        position === null ? t('inbox.unplaced') : t('inboxOrder.moved', { title: bulletin.title, n: position + 1 }),
      ),
    onError: (error) => notifyFailed(t('inbox.failed'), textOf(error)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.inbox }),
        client.invalidateQueries({ queryKey: keys.days }),
      ]),
  })
  const among = movableIn(session, bulletin)
  const place = among.findIndex(({ id }) => id === bulletin.id)
  const { title } = bulletin
  if (place === -1) return null
  return (
    <span className={styles.actions}>
      {among.length > 1 && (
        <>
          <ActionIcon
            size={44}
            variant="default"
            aria-label={t('inboxOrder.up', { title })}
            disabled={place === 0 || changing.isPending}
            onClick={() => changing.mutate(place - 1)}
          >
            <IconArrowUp size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={44}
            variant="default"
            aria-label={t('inboxOrder.down', { title })}
            disabled={place === among.length - 1 || changing.isPending}
            onClick={() => changing.mutate(place + 1)}
          >
            <IconArrowDown size={20} aria-hidden />
          </ActionIcon>
        </>
      )}
      {bulletin.isPlaced && bulletin.class !== 'priority' && (
        <ActionIcon
          size={44}
          variant="default"
          aria-label={t('arrivals.unplaceTitle', { title })}
          disabled={changing.isPending}
          onClick={() => changing.mutate(null)}
        >
          <IconX size={20} aria-hidden />
        </ActionIcon>
      )}
    </span>
  )
}
