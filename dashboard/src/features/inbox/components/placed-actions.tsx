import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DayBulletin, DaySession } from '#protocol/http/days.ts'
import { OrderButton, useOrderFocus } from '../../../components/ui/order-list.tsx'
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
  const { element, keep } = useOrderFocus(place)
  const { id, title } = bulletin
  if (place === -1) return null
  // Not disabled meanwhile, which would take the focus away.
  const change = (position: number | null): void => {
    if (!changing.isPending) changing.mutate(position)
  }
  return (
    <div className={styles.actions} ref={element}>
      {among.length > 1 && (
        <>
          <OrderButton
            item={id}
            action="up"
            label={t('inboxOrder.up', { title })}
            isDisabled={place === 0}
            onPress={() => {
              keep(id, ['up', 'down'])
              change(place - 1)
            }}
          />
          <OrderButton
            item={id}
            action="down"
            label={t('inboxOrder.down', { title })}
            isDisabled={place === among.length - 1}
            onPress={() => {
              keep(id, ['down', 'up'])
              change(place + 1)
            }}
          />
        </>
      )}
      {bulletin.isPlaced && bulletin.class !== 'priority' && (
        <OrderButton
          item={id}
          action="remove"
          label={t('arrivals.unplaceTitle', { title })}
          onPress={() => change(null)}
        />
      )}
    </div>
  )
}
