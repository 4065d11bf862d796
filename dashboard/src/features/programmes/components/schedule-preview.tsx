import type { Station } from '#protocol/http/areas.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useNow } from '../../../lib/clock.ts'
import { clock, longDate, shortDate } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { previewOf, type ScheduleValues } from '../schedule-plan.ts'

interface SchedulePreviewProps {
  readonly values: ScheduleValues
  readonly lengthMs: number
  readonly station: Station
}

/** Says in words what will happen, before anybody presses the button. The controller still has the last word. */
export function SchedulePreview({ values, lengthMs, station }: SchedulePreviewProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(10_000)
  const preview = previewOf(values, lengthMs, station, now)
  const [first] = preview?.starts ?? []
  if (!preview || first === undefined) return null
  if (preview.warning === 'quiet')
    return <Notice kind="warn">{t('scheduleForm.quietWarning', station.quietHours)}</Notice>
  if (preview.warning === 'past') return <Notice kind="warn">{t('scheduleForm.pastWarning')}</Notice>
  return (
    <Notice kind="info" title={t('scheduleForm.preview')}>
      {t('scheduleForm.previewOnce', {
        day: longDate(first, language),
        from: clock(first),
        to: clock(first + lengthMs, { seconds: false }),
      })}
      {preview.starts.length > 1 && (
        <div>{t('scheduleForm.previewNext', { days: preview.starts.map(shortDate).join(', ') })}</div>
      )}
    </Notice>
  )
}
