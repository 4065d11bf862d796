import { IconPlus } from '@tabler/icons-react'
import type { DaySession } from '#protocol/http/days.ts'
import type { SessionChoice } from '#protocol/http/inbox.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { clock } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keyOf } from '../day-lane.ts'
import type { Putting } from '../putting.ts'
import styles from './put-here.module.css'

interface PutHereProps {
  readonly session: DaySession
  readonly putting: Putting
  readonly onPut: (choice: SessionChoice) => void
}

/** In place of what a session is: what a bulletin would make of it, to be pressed or dropped on. */
export function PutHere({ session, putting, onPut }: PutHereProps) {
  const { t } = useTranslation()
  const choice = putting.choiceOf(session)
  const name = `${clock(session.startAt)} ${session.programmeName}`
  const isOpen = choice !== null && !choice.has && choice.obstacle === null
  const { pendingIn } = putting
  return (
    <button
      type="button"
      className={styles.put}
      // Not disabled: the keyboard stays on it while it is looked at and while it is filled.
      aria-disabled={!isOpen || pendingIn !== null}
      aria-label={isOpen ? t('arrivals.putInto', { title: putting.title, session: name }) : undefined}
      onClick={() => isOpen && pendingIn === null && onPut(choice)}
    >
      <span className={styles.name}>{name}</span>
      {putting.isLoading ? (
        <span>{t('common.loading')}</span>
      ) : pendingIn && keyOf(pendingIn) === keyOf(session) ? (
        <span>{t('arrivals.putting')}</span>
      ) : choice === null ? (
        <span>{t('arrivals.closed')}</span>
      ) : choice.has ? (
        <span>{t('inboxPlace.has')}</span>
      ) : choice.obstacle !== null ? (
        <span>{choice.obstacle}</span>
      ) : (
        <>
          <span className={styles.bar} aria-hidden>
            <span className={styles.added} style={{ width: share(choice.after.usedMs, choice.maxMs) }} />
            <span className={styles.used} style={{ width: share(choice.before.usedMs, choice.maxMs) }} />
          </span>
          <span className={styles.change}>
            <IconPlus size={16} aria-hidden />{' '}
            {t('arrivals.fill', {
              before: audioLength(choice.before.usedMs),
              after: audioLength(choice.after.usedMs),
              max: audioLength(choice.maxMs),
            })}
            {' · '}
            {t(`session.fill.${choice.after.fill}`)}
          </span>
          {choice.drops.length > 0 && (
            <span className={styles.warn}>
              {t('inboxPlace.drops', { titles: choice.drops.map(({ title }) => `“${title}”`).join(', ') })}
            </span>
          )}
        </>
      )}
    </button>
  )
}

const share = (ms: number, maxMs: number): string => `${Math.min(100, (ms / maxMs) * 100)}%`
