import { Button } from '@mantine/core'
import type { InboxItem, InboxSession } from '#protocol/http/inbox.ts'
import { DayName } from '../../../components/ui/day-name.tsx'
import { clock, plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyFailed } from '../../../lib/notify.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { unplaceItem } from '../api/decide.ts'
import { useDecision } from '../use-decision.ts'
import styles from './inbox-list.module.css'
import { OrderButton } from './order-dialog.tsx'

/** In which sessions it stands, and how to take it out of one. */
export function StandingSessions({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  if (item.sessions.length === 0) return null
  return (
    <div>
      <p className={styles.label}>{t('inbox.standing')}</p>
      <ul className={styles.sessions}>
        {item.sessions.map((session) => (
          <li key={`${session.programmeId}@${session.originalDate}`} className={styles.session}>
            <span>
              <When session={session} /> · {session.programmeName} ·{' '}
              <span data-fate={session.fate}>{t(`inbox.fate.${session.fate}`)}</span>
              {session.placedByName === null && ` · ${t('inbox.inRundown')}`}
            </span>
            <SessionActions item={item} session={session} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function When({ session: { startAt, originalDate } }: { session: InboxSession }) {
  if (startAt === null) return <>{plainDate(originalDate)}</>
  return (
    <strong>
      {clock(startAt)} <DayName at={Date.parse(startAt)} />
    </strong>
  )
}

function SessionActions({ item, session }: { item: InboxItem; session: InboxSession }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { programmeId, originalDate } = session
  const unplacing = useDecision(() => unplaceItem(item, { programmeId, originalDate }), t('inbox.unplaced'))
  const isAhead = session.fate === 'planned' || session.fate === 'dropped'
  if (!isAhead || session.placedByName === null) return null
  if (item.class === 'priority') return <OrderButton item={item} session={session} />
  return (
    <Button
      data-action="remove"
      variant="subtle"
      size="compact-md"
      h={44}
      loading={unplacing.isPending}
      onClick={() =>
        unplacing.mutate(undefined, { onError: (error) => notifyFailed(t('inbox.failed'), textOf(error)) })
      }
    >
      {t('inbox.unplace')}
    </Button>
  )
}
