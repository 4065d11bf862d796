import { Button } from '@mantine/core'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Putting } from '../putting.ts'
import styles from './move-bar.module.css'

/** Says what is about to be put, and where that is done. */
export function PutBar({ putting }: { putting: Putting }) {
  const { t } = useTranslation()
  return (
    <section className={`${styles.bar} ${styles.line}`} aria-label={t('arrivals.region')}>
      <p className={styles.what} role="status">
        {t('arrivals.where', { title: putting.title })}
      </p>
      <Button variant="default" onClick={putting.onLeave}>
        {t('arrivals.leave')}
      </Button>
    </section>
  )
}
