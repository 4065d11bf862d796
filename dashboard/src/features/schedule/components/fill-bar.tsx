import type { DaySession } from '#protocol/http/days.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { fillOf } from '../fill.ts'
import styles from './fill-bar.module.css'

type Filled = Pick<DaySession, 'fill' | 'startAt' | 'endAt' | 'slotEndAt'>

/** How much of a session is taken, as a bar and in a word; with the minutes where there is room for them. */
export function FillBar({ session, detailed = false }: { session: Filled; detailed?: boolean }) {
  const { t } = useTranslation()
  const { word, share, usedMs, slotMs, freeMs } = fillOf(session)
  return (
    <span className={styles.fill} data-fill={word} data-detailed={detailed || undefined}>
      <span className={styles.bar} aria-hidden>
        <span className={styles.used} style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span className={styles.word}>
        {t(`session.fill.${word}`)}
        {detailed && (
          <span className={styles.figures}>
            {t('session.used', { used: audioLength(usedMs), slot: audioLength(slotMs) })}
            {word === 'short' && `, ${t('session.free', { free: audioLength(freeMs) })}`}
          </span>
        )}
      </span>
    </span>
  )
}
