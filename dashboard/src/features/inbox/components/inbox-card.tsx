import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { InboxItem } from '#protocol/http/inbox.ts'
import { BulletinClassPill } from '../../../components/bulletin-class-pill.tsx'
import { SoundPlayer } from '../../../components/sound-player.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { audioLength } from '../../../lib/format/number.ts'
import { dateTime, plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { AsideButton } from './aside-dialog.tsx'
import { Deadline } from './deadline.tsx'
import styles from './inbox-list.module.css'
import { InboxStatePills } from './inbox-state.tsx'
import { PlaceButton } from './place-dialog.tsx'
import { StandingSessions } from './standing-sessions.tsx'

/** One bulletin in one commune's inbox, with what can be decided on it. */
export function InboxCard({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  const isPriority = item.class === 'priority'
  const rank = item.isUrgent || item.isOverdue ? 'now' : isPriority ? 'first' : undefined
  return (
    <article className={styles.card} data-rank={rank} aria-label={item.title}>
      <div className={styles.pills}>
        <BulletinClassPill value={item.class} />
        <InboxStatePills item={item} />
      </div>
      <h2 className={styles.title}>
        <Link to="/ban-tin/$bulletinId" params={{ bulletinId: item.bulletinId }}>
          {item.title}
        </Link>
      </h2>
      <Facts item={item} />
      {item.isUrgent && (
        <Notice kind="bad" title={t('inbox.urgentTitle')}>
          {t('inbox.urgentText')}
        </Notice>
      )}
      {item.reason && <Reason item={item} />}
      {item.sound ? (
        <SoundPlayer url={item.sound.url} ms={item.sound.ms} label={item.title} />
      ) : (
        <p className={styles.quiet}>{t('inbox.noSound')}</p>
      )}
      <StandingSessions item={item} />
      <Actions item={item} />
    </article>
  )
}

function Facts({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  return (
    <div className={styles.meta}>
      <span>{item.areaName}</span>
      <span>
        {item.isOwn ? t('inbox.own') : t('inbox.from', { name: item.fromName, time: dateTime(item.arrivedAt) })}
      </span>
      {item.ms !== null && <span>{t('inbox.length', { length: audioLength(item.ms) })}</span>}
      {item.expiresOn && <span>{t('inbox.until', { date: plainDate(item.expiresOn) })}</span>}
      {item.state === 'waiting' && !item.isOwn && <Deadline at={Date.parse(item.deadlineAt)} />}
      {item.returnsOn && <span>{t('inbox.returns', { date: plainDate(item.returnsOn) })}</span>}
    </div>
  )
}

function Reason({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  return (
    <Notice kind="info">
      <div>{t('inbox.reason', { reason: item.reason ?? '' })}</div>
      {item.decidedByName && item.decidedAt && (
        <div>{t('inbox.decidedBy', { name: item.decidedByName, time: dateTime(item.decidedAt) })}</div>
      )}
    </Notice>
  )
}

function Actions({ item }: { item: InboxItem }) {
  const { t } = useTranslation()
  const mayAir = item.state !== 'withdrawn' && item.state !== 'expired'
  const isPriority = item.class === 'priority'
  const isOpen = item.state === 'waiting' || item.state === 'placed' || item.state === 'postponed'
  if (!mayAir) return null
  return (
    <>
      {isPriority && isOpen && <p className={styles.quiet}>{t('inbox.system')}</p>}
      <div className={styles.actions}>
        {item.sound ? (
          <PlaceButton
            areaCode={item.areaCode}
            bulletinId={item.bulletinId}
            isMain={item.state === 'waiting' && !isPriority}
            label={t(item.sessions.some(({ fate }) => fate !== 'over') ? 'inbox.placeMore' : 'inbox.place')}
          />
        ) : (
          <Button disabled>{t('inbox.place')}</Button>
        )}
        {!isPriority && isOpen && (
          <>
            <AsideButton item={item} kind="postpone" />
            <AsideButton item={item} kind="decline" />
          </>
        )}
      </div>
    </>
  )
}
