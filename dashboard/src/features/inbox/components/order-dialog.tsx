import { Button, Modal, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsSort } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { InboxItem, InboxSession, SessionChoice } from '#protocol/http/inbox.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { OrderButton as RowButton, useOrderFocus } from '../../../components/ui/order-list.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { moveItem } from '../api/decide.ts'
import { sessionChoicesQuery } from '../api/session-choices.ts'
import styles from './inbox-list.module.css'

interface OrderProps {
  readonly item: InboxItem
  readonly session: InboxSession
}

/** Of several priority bulletins in one session, people decide which is heard first. */
export function OrderButton(props: OrderProps) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <Button
        variant="subtle"
        size="compact-md"
        h={44}
        leftSection={<IconArrowsSort size={20} aria-hidden />}
        onClick={dialog.open}
      >
        {t('inbox.order')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('inboxOrder.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Order {...props} />
      </Modal>
    </>
  )
}

function Order({ item, session }: OrderProps) {
  const choices = useQuery(sessionChoicesQuery(item))
  if (choices.isPending) return <RowsSkeleton rows={2} height={56} />
  if (choices.isError) return <LoadError error={choices.error} onRetry={() => choices.refetch()} />
  const shown = choices.data.items.find(
    (one) => one.programmeId === session.programmeId && one.originalDate === session.originalDate,
  )
  return <OrderList areaCode={item.areaCode} session={session} items={shown?.items ?? []} />
}

interface OrderListProps {
  readonly areaCode: string
  readonly session: InboxSession
  readonly items: SessionChoice['items']
}

interface Move {
  readonly bulletinId: string
  readonly title: string
  readonly position: number
}

function OrderList({ areaCode, session, items }: OrderListProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const [said, setSaid] = useState('')
  const first = items.filter((one) => one.class === 'priority')
  const moving = useMutation({
    mutationFn: ({ bulletinId, position }: Move) =>
      moveItem(
        { areaCode, bulletinId },
        { programmeId: session.programmeId, originalDate: session.originalDate, position },
      ),
    onSuccess: (_, { title, position }) => setSaid(t('inboxOrder.moved', { title, n: position + 1 })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.inbox }),
  })
  const { element, keep } = useOrderFocus(first.map(({ bulletinId }) => bulletinId).join())
  // Not disabled meanwhile, which would take the focus away.
  const move = (wish: Move): void => {
    if (!moving.isPending) moving.mutate(wish)
  }
  return (
    <Stack gap="md" ref={element}>
      {moving.isError && <Notice kind="bad">{textOf(moving.error)}</Notice>}
      <p className={styles.quiet}>{t(first.length > 1 ? 'inboxOrder.text' : 'inboxOrder.alone')}</p>
      <ol className={styles.sessions}>
        {first.map(({ bulletinId, title }, place) => (
          <li key={bulletinId} className={styles.session}>
            <span>
              {place + 1}. {title}
            </span>
            {first.length > 1 && (
              <span className={styles.sessionActions}>
                <RowButton
                  item={bulletinId}
                  action="up"
                  label={t('inboxOrder.up', { title })}
                  isDisabled={place === 0}
                  onPress={() => {
                    keep(bulletinId, ['up', 'down'])
                    move({ bulletinId, title, position: place - 1 })
                  }}
                />
                <RowButton
                  item={bulletinId}
                  action="down"
                  label={t('inboxOrder.down', { title })}
                  isDisabled={place === first.length - 1}
                  onPress={() => {
                    keep(bulletinId, ['down', 'up'])
                    move({ bulletinId, title, position: place + 1 })
                  }}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      <p role="status" className={styles.quiet}>
        {said}
      </p>
    </Stack>
  )
}
