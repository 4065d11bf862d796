import { holidayLookup } from '#protocol/rules/holidays.ts'
import { lunarDateOf } from '#protocol/rules/lunar.ts'
import type { ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { useLunarWords } from '../../../components/lunar-words.ts'
import { Section } from '../../../components/ui/section.tsx'
import { clock, longDate } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import styles from './programme-form.module.css'

const holidayOn = holidayLookup()

/** The sessions to come, as the planner will make them of what the fields say now. */
export function SessionsPreview({ sessions }: { sessions: readonly ProgrammeOccurrence[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const lunarWords = useLunarWords()
  return (
    <Section title={t('programme.preview')}>
      {sessions.length === 0 ? (
        <p className={styles.hint}>{t('programme.previewNone')}</p>
      ) : (
        <ol className={styles.sessions}>
          {sessions.map(({ originalDate, startAt, date }) => {
            const lunar = lunarDateOf(date)
            const holiday = holidayOn(date)
            return (
              <li key={originalDate}>
                <strong>{clock(startAt)}</strong> {longDate(startAt, language)}
                <small>{[lunar && lunarWords(lunar), holiday?.name].filter(Boolean).join(' · ')}</small>
              </li>
            )
          })}
        </ol>
      )}
    </Section>
  )
}
