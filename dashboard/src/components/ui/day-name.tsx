import { useNow } from '../../lib/clock.ts'
import { addDays, localDate, longDate } from '../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../lib/i18n/index.ts'

/** `Hôm nay`, `Ngày mai`, else the weekday and date. */
export function DayName({ at }: { at: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const today = localDate(useNow(60_000))
  const date = localDate(at)
  if (date === today) return <>{t('common.today')}</>
  if (date === addDays(today, 1)) return <>{t('common.tomorrow')}</>
  if (date === addDays(today, -1)) return <>{t('common.yesterday')}</>
  return <>{longDate(at, language)}</>
}
