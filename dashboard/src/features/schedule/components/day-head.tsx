import { Link } from '@tanstack/react-router'
import type { StationDay } from '#protocol/http/days.ts'
import { lunarDay } from '../../../components/lunar-words.ts'
import { useNow } from '../../../lib/clock.ts'
import { localDate, shortDate, startOfDay } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './day-head.module.css'
import { useDayWords, weekdayOf } from './use-day-words.ts'

/** The name of a day above its lane: a door to laying it out. */
export function DayHead({ day, areaCode, id }: { day: StationDay; areaCode: string; id: string }) {
  const { t } = useTranslation()
  const words = useDayWords()
  const isToday = localDate(useNow(60_000)) === day.date
  return (
    <div className={styles.head} data-today={isToday || undefined}>
      <h2 id={id} className={styles.title}>
        <Link
          to="/lich-phat/ngay/$date"
          params={{ date: day.date }}
          search={{ 'dia-ban': areaCode }}
          className={styles.link}
          title={t('week.openDay', { day: words.short(day.date) })}
        >
          <span className={styles.weekday}>{t(`weekday.${weekdayOf(day.date)}`)}</span>
          <span className={styles.date}>{shortDate(startOfDay(day.date))}</span>
        </Link>
      </h2>
      <DayMarks day={day} />
    </div>
  )
}

/** The moon and the holiday of a day. */
export function DayMarks({ day }: { day: Pick<StationDay, 'lunar' | 'holiday'> }) {
  const words = useDayWords()
  return (
    <>
      {day.lunar && (
        <span className={styles.lunar} data-day={lunarDay(day.lunar)}>
          {words.lunar(day.lunar)}
        </span>
      )}
      {day.holiday && <span className={styles.holiday}>{day.holiday}</span>}
    </>
  )
}
