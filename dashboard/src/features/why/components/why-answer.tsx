import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { whyQuery } from '../api/get-why.ts'
import styles from './why.module.css'

export interface Question {
  readonly clusterId: string
  readonly at: string
  readonly broadcastId?: string
}

/** The one sentence that explains an instant on a cluster. */
export function WhyAnswer({ clusterId, at, broadcastId, linked = false }: Question & { readonly linked?: boolean }) {
  const { t } = useTranslation()
  const why = useQuery(whyQuery(clusterId, at, broadcastId))
  if (why.isPending) return <Skeleton height={76} aria-label={t('common.loading')} />
  if (why.isError) return <LoadError error={why.error} onRetry={() => why.refetch()} />
  const { sentence, broadcast } = why.data
  return (
    <div className={styles.answer} aria-live="polite">
      {/* Sentences of the controller are Vietnamese, whatever language the screen is in. */}
      <Text lang="vi">{sentence}</Text>
      {linked && broadcast && (
        <Link to="/buoi-phat/$broadcastId" params={{ broadcastId: broadcast.id }} className={styles.link}>
          {t('why.session')}
        </Link>
      )}
    </div>
  )
}
