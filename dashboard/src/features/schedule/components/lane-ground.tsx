import { useNow } from '../../../lib/clock.ts'
import { localDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { clockOf, minuteOf } from '../day-lane.ts'
import type { Shade } from '../day-shades.ts'
import type { TimeScale } from '../time-scale.ts'
import styles from './lane-ground.module.css'
import { useDayWords } from './use-day-words.ts'

/** The hours, at the side of the lanes. */
export function Hours({ scale }: { scale: TimeScale }) {
  return (
    <div className={styles.hours} style={{ height: scale.height }} aria-hidden>
      {scale.hours.map(({ minute, y }) => (
        <span key={minute} className={styles.hour} style={{ top: y }}>
          {clockOf(minute)}
        </span>
      ))}
    </div>
  )
}

/** What lies beneath the sessions of a day: the lines of the hours, when nothing may sound and why, and where now is. */
export function Ground({ date, scale, shades }: { date: string; scale: TimeScale; shades: readonly Shade[] }) {
  const words = useDayWords()
  return (
    <>
      {scale.hours.map(({ minute, y }) => (
        <span key={minute} className={styles.line} style={{ top: y }} aria-hidden />
      ))}
      {shades.map((shade) => (
        <div
          key={`${shade.kind} ${shade.from} ${shade.reason}`}
          className={styles.shade}
          data-kind={shade.kind}
          style={{ top: scale.yOf(shade.from), height: scale.yOf(shade.to) - scale.yOf(shade.from) }}
        >
          <span className={styles.reason}>{words.shade(shade)}</span>
        </div>
      ))}
      <NowLine date={date} scale={scale} />
    </>
  )
}

function NowLine({ date, scale }: { date: string; scale: TimeScale }) {
  const { t } = useTranslation()
  const now = useNow(60_000)
  const minute = minuteOf(now, date)
  if (localDate(now) !== date || minute < scale.axis.from || minute >= scale.axis.to) return null
  return <div className={styles.now} style={{ top: scale.yOf(minute) }} title={t('week.now')} />
}
