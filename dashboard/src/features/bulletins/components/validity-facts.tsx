import type { Bulletin } from '#protocol/http/bulletins.ts'
import { Facts } from '../../../components/ui/facts.tsx'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './validity-facts.module.css'

type Validity = Pick<Bulletin, 'effectiveOn' | 'expiresOn' | 'cites'>

/** How long it is true and what it rests on; nothing when the writer has said nothing. */
export function ValidityFacts({ effectiveOn, expiresOn, cites }: Validity) {
  const { t } = useTranslation()
  const dates: [string, string][] = [
    ...(effectiveOn ? [[t('validity.effectiveOn'), plainDate(effectiveOn)] as [string, string]] : []),
    ...(expiresOn ? [[t('validity.expiresOn'), plainDate(expiresOn)] as [string, string]] : []),
  ]
  return (
    <>
      {dates.length > 0 && <Facts items={dates} />}
      {cites.length > 0 && (
        <div className={styles.cites}>
          <div className={styles.label}>{t('validity.cites')}</div>
          <ul className={styles.list}>
            {cites.map((cite) => (
              <li key={cite}>{cite}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
