import { type Icon, IconCloudCheck, IconCloudUp, IconCloudX } from '@tabler/icons-react'
import type { SourceReportSummary } from '#protocol/http/broadcasts.ts'
import { Pill, type Tone } from '../../../components/ui/pill.tsx'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './source-reports.module.css'

const LOOK = {
  waiting: { tone: 'calm', icon: IconCloudUp },
  delivered: { tone: 'good', icon: IconCloudCheck },
  failed: { tone: 'bad', icon: IconCloudX },
} as const satisfies Record<SourceReportSummary['state'], { tone: Tone; icon: Icon }>

/** What the information sources above have been told about the session. */
export function SourceReports({ reports }: { reports: readonly SourceReportSummary[] }) {
  const { t } = useTranslation()
  if (reports.length === 0) return <p className={styles.none}>{t('broadcast.noReports')}</p>
  return (
    <ul className={styles.list}>
      {reports.map((report) => (
        <li key={`${report.sourceName} ${report.revision}`} className={styles.report}>
          <div>
            <strong>{report.sourceName}</strong>
            <div className={styles.meta}>
              {[
                t('broadcast.reportRevision', { n: report.revision }),
                ...(report.attempts > 1 ? [t('broadcast.reportAttempts', { n: report.attempts })] : []),
                ...(report.lastError && report.state !== 'delivered' ? [report.lastError] : []),
              ].join(' · ')}
            </div>
          </div>
          <Pill {...LOOK[report.state]}>
            {report.state === 'delivered'
              ? t('broadcast.reportDelivered', { time: report.deliveredAt ? dateTime(report.deliveredAt) : '' })
              : t(report.state === 'failed' ? 'broadcast.reportFailed' : 'broadcast.reportWaiting')}
          </Pill>
        </li>
      ))}
    </ul>
  )
}
