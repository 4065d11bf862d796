import { Button } from '@mantine/core'
import { IconLayoutList } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { StationDay, StationDays } from '#protocol/http/days.ts'
import { lunarDay } from '../../../components/lunar-words.ts'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { useNow } from '../../../lib/clock.ts'
import { localDate, longDate, startOfDay } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { keyOf } from '../day-lane.ts'
import { shadesOf } from '../day-shades.ts'
import { Absences } from './absences.tsx'
import { DayMarks } from './day-head.tsx'
import { SessionFace } from './session-face.tsx'
import { SessionLink } from './session-link.tsx'
import { useDayWords, weekdayOf } from './use-day-words.ts'
import styles from './week-phone.module.css'

interface WeekPhoneProps {
  readonly week: StationDays
  readonly areaCode: string
  readonly date: string
  readonly onShow: (date: string) => void
}

/** One day at a time, under a strip of the week. */
export function WeekPhone({ week, areaCode, date, onShow }: WeekPhoneProps) {
  const day = week.days.find((each) => each.date === date)
  return (
    <>
      <Strip days={week.days} date={date} onShow={onShow} />
      {/* The strip is still that of the week before. */}
      {day ? <OneDay day={day} week={week} areaCode={areaCode} /> : <RowsSkeleton rows={3} height={130} />}
    </>
  )
}

function Strip({ days, date, onShow }: { days: readonly StationDay[]; date: string; onShow: (date: string) => void }) {
  const { t } = useTranslation()
  const words = useDayWords()
  const today = localDate(useNow(60_000))
  return (
    <fieldset className={styles.strip}>
      <legend className={styles.legend}>{t('week.days')}</legend>
      {days.map((day) => (
        <button
          key={day.date}
          type="button"
          className={styles.day}
          aria-pressed={day.date === date}
          aria-current={day.date === today ? 'date' : undefined}
          aria-label={[
            words.short(day.date),
            day.lunar ? words.lunar(day.lunar) : null,
            day.holiday,
            t('week.countOf', { n: day.sessions.length }),
          ]
            .filter(Boolean)
            .join(', ')}
          data-holiday={day.holiday !== null || undefined}
          onClick={() => onShow(day.date)}
        >
          <span>{t(`weekdayShort.${weekdayOf(day.date)}`)}</span>
          <strong>{day.date.slice(8)}</strong>
          {day.lunar && (
            <small data-day={lunarDay(day.lunar)}>
              {day.lunar.day === 1 ? `${day.lunar.day}/${day.lunar.month}` : day.lunar.day}
            </small>
          )}
          <span className={styles.dots}>
            {day.sessions.slice(0, 4).map((session) => (
              <i key={keyOf(session)} data-collides={session.collisions.length > 0 || undefined} />
            ))}
          </span>
        </button>
      ))}
    </fieldset>
  )
}

function OneDay({ day, week, areaCode }: { day: StationDay; week: StationDays; areaCode: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const words = useDayWords()
  const silences = shadesOf(day, week.quietHours, { from: 0, to: 24 * 60 }).filter(({ kind }) => kind !== 'quiet')
  return (
    <section aria-labelledby={`day-${day.date}`}>
      <div className={styles.head}>
        <h2 id={`day-${day.date}`} className={styles.title}>
          {longDate(startOfDay(day.date), language)}
        </h2>
        <DayMarks day={day} />
      </div>
      {silences.map((shade) => (
        <p key={`${shade.from} ${shade.reason}`} className={styles.silence}>
          {words.shade(shade)}
        </p>
      ))}
      {day.sessions.length === 0 ? (
        <p className={styles.none}>{t('day.emptyDay')}</p>
      ) : (
        <ol className={styles.cards}>
          {day.sessions.map((session) => (
            <li key={keyOf(session)}>
              <SessionLink session={session} areaCode={areaCode} className={styles.card}>
                <span data-status={session.status}>
                  <SessionFace session={session} as="card" />
                </span>
              </SessionLink>
            </li>
          ))}
        </ol>
      )}
      <Absences day={day} readOnly />
      <Button
        component={Link}
        to={`/lich-phat/ngay/${day.date}?dia-ban=${areaCode}`}
        variant="default"
        fullWidth
        mt="md"
        leftSection={<IconLayoutList size={20} aria-hidden />}
      >
        {t('week.openDay', { day: words.short(day.date) })}
      </Button>
    </section>
  )
}
