import type { HeardBulletins, PlayedFigures } from '#protocol/http/reports.ts'
import { languageName } from '#protocol/languages.ts'
import { Facts } from '../../../components/ui/facts.tsx'
import { number, percent } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { tallyOf } from '../../../lib/tally.ts'
import styles from './played.module.css'
import { TallyBar } from './tally-bar.tsx'

const HOUR_MS = 3_600_000

/** A month in one line, one bar and a few figures. */
export function PlayedTotal({ total, bulletins }: { total: PlayedFigures; bulletins: HeardBulletins }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const hours = (ms: number): string => t('played.hours', { n: number(ms / HOUR_MS, language, 1) })
  const told = total.planned - total.open
  const languages = Object.entries(bulletins.byLanguage).sort(([, a], [, b]) => b - a)
  return (
    <>
      <p className={styles.headline}>
        {told === 0
          ? t('played.nothingYet')
          : t('played.headline', {
              heard: number(total.heard, language),
              planned: number(told, language),
              share: percent(total.heard / told),
            })}
      </p>
      <TallyBar broadcast={{ status: 'closed', tally: tallyOf(total) }} legend />
      <div className={styles.facts}>
        <Facts
          items={[
            [t('played.sessions'), number(total.sessions, language)],
            [t('played.open'), number(total.open, language)],
            [t('played.plannedTime'), hours(total.plannedMs)],
            [t('played.heardTime'), hours(total.heardMs)],
            [
              t('played.bulletins'),
              t('played.bulletinsOf', {
                bulletins: number(bulletins.bulletins, language),
                airings: number(bulletins.airings, language),
              }),
            ],
            [t('played.priority'), number(bulletins.byClass.priority ?? 0, language)],
            [
              t('played.languages'),
              languages.map(([code, n]) => `${languageName(code)} ${number(n, language)}`).join(', ') || '–',
            ],
          ]}
        />
      </div>
    </>
  )
}
