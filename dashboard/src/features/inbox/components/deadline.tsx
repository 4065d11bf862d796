import { Countdown } from '../../../components/ui/countdown.tsx'
import { useNow } from '../../../lib/clock.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'

/** Until when the commune should have decided, and how long that is. */
export function Deadline({ at }: { at: number }) {
  const { t } = useTranslation()
  const isLate = at <= useNow(60_000)
  return (
    <span data-late={isLate || undefined}>
      {t('inbox.deadline', { time: dateTime(at) })} ({!isLate && `${t('inbox.left')} `}
      <Countdown to={at} arrived={t('inbox.over')} />)
    </span>
  )
}
