import type { StationDay } from '#protocol/http/days.ts'
import { useTranslation } from '../lib/i18n/index.ts'

type Lunar = NonNullable<StationDay['lunar']>

/** The days of a lunar month that people go by. */
export const lunarDay = ({ day }: Pick<Lunar, 'day'>): 'first' | 'full' | 'other' =>
  day === 1 ? 'first' : day === 15 ? 'full' : 'other'

const KEYS = { first: 'week.lunarFirst', full: 'week.lunarFull', other: 'week.lunarOther' } as const

/** `Mùng 1 tháng 10`, `Rằm tháng 10`, `17/10 âm lịch`; a leap month is named so. */
export function useLunarWords(): (lunar: Lunar) => string {
  const { t } = useTranslation()
  return ({ day, month, isLeap }) => {
    const date = t(KEYS[lunarDay({ day })], { day, month })
    return isLeap ? t('week.leap', { date }) : date
  }
}
