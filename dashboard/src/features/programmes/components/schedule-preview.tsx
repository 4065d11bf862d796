import type { Station } from '#protocol/http/areas.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useNow } from '../../../lib/clock.ts'
import { clock, longDate, plainDate, shortDate } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { previewOf, type ScheduleValues } from '../schedule-plan.ts'

interface SchedulePreviewProps {
  readonly values: ScheduleValues
  readonly lengthMs: number
  /** The bulletin's last day. */
  readonly expiresOn: string | null
  readonly station: Station
}

/** Says in words what will happen, before anybody presses the button. The controller still has the last word. */
export function SchedulePreview({ values, lengthMs, expiresOn, station }: SchedulePreviewProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(10_000)
  const preview = previewOf(values, { lengthMs, expiresOn }, station, now)
  const [first] = preview?.starts ?? []
  const lastDay = expiresOn ? plainDate(expiresOn) : ''
  if (preview?.warning === 'expired')
    return <Notice kind="warn">{t('scheduleForm.expiredWarning', { date: lastDay })}</Notice>
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
      {preview.outlives && <div>{t('scheduleForm.expiresWarning', { date: lastDay })}</div>}
    </Notice>
  )
}
