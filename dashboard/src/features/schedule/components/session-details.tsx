import { IconArrowsMoveVertical, IconReplace, IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DayBulletin, DaySession } from '#protocol/http/days.ts'
import { followRemoval } from '../../../components/ui/follow-removal.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { Pill } from '../../../components/ui/pill.tsx'
import { usePartWords } from '../../../components/use-part-words.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { clock } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useCan } from '../../../lib/session.ts'
import { fillOf } from '../fill.ts'
import { isPriority } from '../session-state.ts'
import { FillBar } from './fill-bar.tsx'
import styles from './session-details.module.css'
import { useSessionState } from './session-state.tsx'
import { useDayWords } from './use-day-words.ts'

interface SessionDetailsProps {
  readonly session: DaySession
  /** What can be done about one of its bulletins. */
  readonly bulletinActions?: BulletinActions | undefined
  readonly children?: ReactNode
}

export type BulletinActions = (session: DaySession, bulletin: DayBulletin) => ReactNode

/** All there is to know of one session of a day: what it airs in which order, what it has no room for, and why. */
export function SessionDetails({ session, bulletinActions, children }: SessionDetailsProps) {
  const { t } = useTranslation()
  const words = useDayWords()
  const partWords = usePartWords()
  const state = useSessionState(session)
  const { slotMs } = fillOf(session)
  return (
    <div className={styles.details} ref={followRemoval}>
      <div>
        <h2 className={styles.title}>{session.programmeName}</h2>
        <p className={styles.when}>
          <strong>{clock(session.startAt)}</strong>{' '}
          {t('session.until', { to: clock(session.endAt, { seconds: false }) })}
        </p>
        <div className={styles.pills}>
          <Pill tone={state.tone} icon={state.icon}>
            {state.words}
          </Pill>
          {isPriority(session) && (
            <Pill tone="warn" icon={IconStarFilled}>
              {t(`level.${session.level}`)}
            </Pill>
          )}
          {session.movedFrom && (
            <Pill tone="calm" icon={IconArrowsMoveVertical}>
              {words.moved(session)}
            </Pill>
          )}
          {session.isReplaced && (
            <Pill tone="calm" icon={IconReplace}>
              {t('session.replaced')}
            </Pill>
          )}
        </div>
      </div>
      {session.status === 'foreseen' && <p className={styles.hint}>{t('session.foreseenHint')}</p>}
      {session.collisions.length > 0 && (
        <Notice kind="warn">
          {session.collisions.map((collision) => (
            <div key={`${collision.programmeId} ${collision.startAt}`}>{words.collision(collision)}</div>
          ))}
        </Notice>
      )}
      <div>
        <h3 className={styles.subtitle}>{t('day.rundown')}</h3>
        <FillBar session={session} detailed />
        {session.rundown.length === 0 ? (
          <p className={styles.hint}>{t('session.nothing')}</p>
        ) : (
          <ol className={styles.rundown} aria-label={t('day.content')}>
            {session.rundown.map((part, at) => (
              <li key={part.kind === 'bulletin' ? part.id : `${part.kind} ${at}`}>
                {part.kind === 'bulletin' ? (
                  <>
                    <BulletinLine bulletin={part} />
                    {bulletinActions?.(session, part)}
                  </>
                ) : (
                  <span className={styles.hint}>{partWords(part)}</span>
                )}
              </li>
            ))}
          </ol>
        )}
        {session.dropped.length > 0 && (
          <div className={styles.dropped}>
            <Notice
              kind="warn"
              title={t('session.dropped', {
                titles: session.dropped.map(({ title, ms }) => `${title} (${audioLength(ms)})`).join(', '),
              })}
            >
              {t('session.droppedHint', { slot: audioLength(slotMs) })}
            </Notice>
          </div>
        )}
      </div>
      {children}
    </div>
  )
}

function BulletinLine({ bulletin }: { bulletin: DayBulletin }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <>
      {can('bulletins.read') ? (
        <Link to="/ban-tin/$bulletinId" params={{ bulletinId: bulletin.id }} className={styles.bulletin}>
          {bulletin.title}
        </Link>
      ) : (
        <strong>{bulletin.title}</strong>
      )}
      <span className={styles.meta}>
        {audioLength(bulletin.ms)}
        {bulletin.class === 'priority' && ` · ${t('session.priority')}`}
        {bulletin.isPlaced && ` · ${t('session.placed')}`}
      </span>
    </>
  )
}
