import type { Collision, DaySession } from '#protocol/http/days.ts'
import { dayOf, WEEKDAYS, type Weekday, weekdayNumber } from '#protocol/rules/civil-date.ts'
import { useLunarWords } from '../../../components/lunar-words.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { clock, dateTime, localDate, shortDate, startOfDay } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Shade } from '../day-shades.ts'

export const weekdayOf = (date: string): Weekday => WEEKDAYS[weekdayNumber(dayOf(date))] ?? 'MO'

/** How days and what happens on them are called. */
export function useDayWords() {
  const { t } = useTranslation()
  const lunar = useLunarWords()
  return {
    /** `T4 25/11` */
    short: (date: string): string => `${t(`weekdayShort.${weekdayOf(date)}`)} ${shortDate(startOfDay(date))}`,
    lunar,
    shade: ({ kind, reason }: Shade): string =>
      kind === 'quiet'
        ? t('week.quiet')
        : kind === 'silence'
          ? t('week.silence', { reason })
          : t('week.silenceOfSome', { reason }),
    /** `Dời từ 17:00`, with the day where it was another one. */
    moved: ({ movedFrom, startAt }: Pick<DaySession, 'movedFrom' | 'startAt'>): string => {
      if (movedFrom === null) return ''
      const isSameDay = localDate(movedFrom) === localDate(startAt)
      return t('session.moved', { from: isSameDay ? clock(movedFrom) : dateTime(movedFrom) })
    },
    collision: ({ kind, ms, programmeName, startAt }: Collision): string =>
      t(`session.meets.${kind}`, { name: programmeName, time: clock(startAt), length: audioLength(ms ?? 0) }),
  }
}
