import { Button } from '@mantine/core'
import { IconCalendarPlus, IconGripVertical, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PointerEvent } from 'react'
import { type InboxItem, SessionRef } from '#protocol/http/inbox.ts'
import { BulletinClassPill } from '../../../components/bulletin-class-pill.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { waitingQuery } from '../api/waiting-items.ts'
import type { Placing } from '../use-placing.ts'
import { usePutDrag } from '../use-put-drag.ts'
import styles from './arrivals.module.css'
import { Deadline } from './deadline.tsx'

interface ArrivalsProps {
  readonly areaCode: string
  readonly placing: Placing
}

/** What has come and waits, beside the day that it can be put into: dragged there, or by a button and a tap. */
export function Arrivals({ areaCode, placing }: ArrivalsProps) {
  const { t } = useTranslation()
  const waiting = useQuery(waitingQuery(areaCode))
  const isChosen = (item: InboxItem): boolean => placing.item?.bulletinId === item.bulletinId
  const toggle = (item: InboxItem): void => {
    placing.choose(isChosen(item) ? null : item)
    if (!isChosen(item)) showSessions()
  }
  const { drag, begin } = usePutDrag({
    onTap: toggle,
    onLift: placing.choose,
    onDrop: (session, item) => {
      const [programmeId = '', originalDate = ''] = session.split('@')
      const ref = SessionRef.safeParse({ programmeId, originalDate })
      if (ref.success) void placing.dropOn(ref.data, item)
    },
    onLeave: () => placing.choose(null),
  })
  if (waiting.isPending) return <RowsSkeleton rows={2} height={90} />
  if (waiting.isError) return <LoadError error={waiting.error} onRetry={() => waiting.refetch()} />
  return (
    <>
      {waiting.data.length === 0 ? (
        <p className={styles.none}>{t('arrivals.none')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('inbox.list')}>
          {waiting.data.map((item) => (
            <Arrival
              key={item.bulletinId}
              item={item}
              isChosen={isChosen(item)}
              onToggle={() => toggle(item)}
              onLift={(event) => begin(event, item)}
            />
          ))}
        </ul>
      )}
      {drag && (
        <div className={styles.ghost} style={{ left: drag.x + 12, top: drag.y + 12 }} aria-hidden>
          {drag.item.title}
        </div>
      )}
    </>
  )
}

/** On a phone the day lies above what has come: its first session comes into sight, to be tapped. */
function showSessions(): void {
  const first = document.querySelector('[data-session]')
  const { top = 0, bottom = 0 } = first?.getBoundingClientRect() ?? {}
  if (top < 0 || bottom > window.innerHeight) first?.scrollIntoView({ block: 'center' })
}

interface ArrivalProps {
  readonly item: InboxItem
  readonly isChosen: boolean
  readonly onToggle: () => void
  readonly onLift: (event: PointerEvent) => void
}

function Arrival({ item, isChosen, onToggle, onLift }: ArrivalProps) {
  const { t } = useTranslation()
  const isReady = item.sound !== null
  return (
    <li className={styles.item} data-chosen={isChosen || undefined}>
      {isReady && (
        <span
          className={styles.grip}
          title={t('arrivals.dragHint')}
          data-arrival={item.bulletinId}
          onPointerDown={onLift}
          aria-hidden
        >
          <IconGripVertical size={22} />
        </span>
      )}
      <div className={styles.what}>
        <Link to="/ban-tin/$bulletinId" params={{ bulletinId: item.bulletinId }} className={styles.title}>
          {item.title}
        </Link>
        <div className={styles.meta}>
          {item.class === 'priority' && <BulletinClassPill value={item.class} />}
          {item.ms !== null && <span>{audioLength(item.ms)}</span>}
          <Deadline at={Date.parse(item.deadlineAt)} />
        </div>
        {isReady ? (
          <Button
            variant={isChosen ? 'filled' : 'light'}
            aria-pressed={isChosen}
            aria-label={t('arrivals.chooseTitle', { title: item.title })}
            leftSection={isChosen ? <IconX size={18} aria-hidden /> : <IconCalendarPlus size={18} aria-hidden />}
            onClick={onToggle}
          >
            {t(isChosen ? 'arrivals.leave' : 'arrivals.choose')}
          </Button>
        ) : (
          <p className={styles.none}>{t('inbox.noSound')}</p>
        )}
      </div>
    </li>
  )
}
