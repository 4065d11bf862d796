import { useId } from 'react'
import type { SessionChoice } from '#protocol/http/inbox.ts'
import { DayName } from '../../../components/ui/day-name.tsx'
import { number } from '../../../lib/format/number.ts'
import { clock } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import styles from './session-option.module.css'

interface SessionOptionProps {
  readonly choice: SessionChoice
  readonly isChosen: boolean
  readonly onToggle: () => void
}

const MINUTE_MS = 60_000

/** One session: when, how full it is and would be, what it would leave out, or why it cannot be. */
export function SessionOption({ choice, isChosen, onToggle }: SessionOptionProps) {
  const { t } = useTranslation()
  const about = useId()
  const { startAt, programmeName, has, obstacle, drops, isSuggested } = choice
  const isOpen = !has && obstacle === null
  return (
    <label className={styles.option} data-closed={!isOpen || undefined}>
      <input
        type="checkbox"
        className={styles.box}
        checked={isChosen}
        disabled={!isOpen}
        aria-describedby={about}
        onChange={onToggle}
      />
      <span className={styles.text}>
        <span className={styles.when}>
          <strong>
            {clock(startAt)} <DayName at={Date.parse(startAt)} />
          </strong>{' '}
          · {programmeName}
          {isSuggested && <span className={styles.suggested}>{t('inboxPlace.suggested')}</span>}
        </span>
        <span id={about} className={styles.about}>
          <Fill choice={choice} isOpen={isOpen} />
          {has && <span>{t('inboxPlace.has')}</span>}
          {obstacle && <span className={styles.bad}>{obstacle}</span>}
          {drops.length > 0 && (
            <span className={styles.warn}>
              {t('inboxPlace.drops', { titles: drops.map(({ title }) => `“${title}”`).join(', ') })}
            </span>
          )}
        </span>
      </span>
    </label>
  )
}

/** What the session says now, and on top of it what the bulletin adds. */
function Fill({ choice: { before, after, maxMs }, isOpen }: { choice: SessionChoice; isOpen: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const share = (ms: number): string => `${Math.min(100, (ms / maxMs) * 100)}%`
  const minutes = (ms: number): string => number(ms / MINUTE_MS, language, ms % MINUTE_MS === 0 ? 0 : 1)
  const shown = isOpen ? after : before
  return (
    <>
      <span className={styles.bar} aria-hidden>
        {isOpen && <span className={styles.added} style={{ width: share(after.usedMs) }} />}
        <span className={styles.used} style={{ width: share(Math.min(before.usedMs, shown.usedMs)) }} />
      </span>
      <span>
        {t(isOpen ? 'inboxPlace.fillWith' : 'inboxPlace.fill', { used: minutes(shown.usedMs), max: minutes(maxMs) })}
        {before.fill === 'over' && ` · ${t('inboxPlace.full')}`}
      </span>
    </>
  )
}
