import type { Repeat } from '#protocol/calendar.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { choiceOf, parseDays } from '../repeat-choice.ts'

const WORKDAYS = 'MO,TU,WE,TH,FR'

/** Says in words when a series repeats. */
export function useRepeatWords(): (repeat: Repeat) => string {
  const { t } = useTranslation()
  const lunarDay = (day: number): string =>
    day === 1
      ? t('repeatWords.lunarFirst')
      : day === 15
        ? t('repeatWords.lunarFull')
        : day === -1
          ? t('repeatWords.lunarLast')
          : t('repeatWords.lunarDay', { day })
  return (repeat) => {
    const choice = choiceOf(repeat)
    switch (choice.kind) {
      case 'weekly':
        return choice.weekdays.join() === WORKDAYS
          ? t('repeatWords.workdays')
          : t('repeatWords.weekly', { days: choice.weekdays.map((day) => t(`weekday.${day}`)).join(', ') })
      case 'month-day': {
        const days = (parseDays(choice.monthDays, 31) ?? []).join(', ')
        if (days === '') return t('repeatWords.lastOfMonth')
        return t(choice.lastDay ? 'repeatWords.monthDaysAndLast' : 'repeatWords.monthDays', { days })
      }
      case 'month-weekday': {
        const weekday = t(`weekday.${choice.weekday}`)
        return choice.nth === -1
          ? t('repeatWords.nthLast', { weekday })
          : t('repeatWords.nth', { weekday, nth: choice.nth })
      }
      case 'lunar':
        return repeat.kind === 'lunar' ? t('repeatWords.lunar', { days: repeat.days.map(lunarDay).join(', ') }) : ''
      default:
        return t(`repeatWords.${choice.kind}`)
    }
  }
}
