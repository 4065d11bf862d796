import { useNow } from '../../../lib/clock.ts'
import { localDate, plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './bulletin-list.module.css'

/** Up to when a bulletin airs, or that it does no more; nothing when it has no end. */
export function LastDay({ expiresOn }: { expiresOn: string | null }) {
  const { t } = useTranslation()
  const today = localDate(useNow(60_000))
  if (expiresOn === null) return null
  const isOver = expiresOn < today
  return (
    <>
      <span aria-hidden> · </span>
      <span className={styles.lastDay} data-over={isOver || undefined}>
        {isOver ? t('validity.over') : t('validity.until', { date: plainDate(expiresOn) })}
      </span>
    </>
  )
}
