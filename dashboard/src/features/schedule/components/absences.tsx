import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { DayAbsence, StationDay } from '#protocol/http/days.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './absences.module.css'

interface AbsencesProps {
  readonly day: Pick<StationDay, 'absences'>
  readonly readOnly?: boolean
  readonly onBringBack?: (absence: DayAbsence) => void
}

/** Sessions that their series have on this day and that do not take place, and why; what was skipped can be brought back. */
export function Absences({ day, readOnly = false, onBringBack }: AbsencesProps) {
  const { t } = useTranslation()
  if (day.absences.length === 0) return null
  return (
    <section className={styles.absences} aria-label={t('day.absences')}>
      <h3 className={styles.title}>{t('day.absences')}</h3>
      <ul className={styles.list}>
        {day.absences.map((absence) => (
          <li key={absence.programmeId} className={styles.row}>
            <div className={styles.main}>
              <strong>{absence.programmeName}</strong>
              <div className={styles.why}>
                {t(`day.absent.${absence.kind}`, {
                  when: absence.movedTo ? dateTime(absence.movedTo) : '',
                  reason: absence.reason ?? '',
                })}
                {absence.kind === 'skipped' &&
                  absence.reason &&
                  ` · ${t('day.absentReason', { reason: absence.reason })}`}
              </div>
            </div>
            {!readOnly && absence.kind !== 'holiday' && (
              <Button
                variant="default"
                data-bring-back={absence.programmeId}
                leftSection={<IconArrowBackUp size={18} aria-hidden />}
                aria-label={t('day.bringBackName', { name: absence.programmeName })}
                onClick={() => onBringBack?.(absence)}
              >
                {t('day.bringBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
