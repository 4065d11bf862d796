import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { clustersOfQuery } from '../../../components/clusters-of-query.ts'
import { Choice } from '../../../components/ui/choice.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './programme-form.module.css'

interface TargetFieldsProps {
  readonly areaCode: string
  readonly isWhole: boolean
  readonly clusters: readonly string[]
  readonly error: ReactNode
  readonly readOnly: boolean
  readonly onChange: (isWhole: boolean, clusters: readonly string[]) => void
}

/** The whole commune but for some clusters, or some clusters alone. */
export function TargetFields({ areaCode, isWhole, clusters, error, readOnly, onChange }: TargetFieldsProps) {
  const { t } = useTranslation()
  const all = useQuery(clustersOfQuery(areaCode))
  return (
    <div>
      {!readOnly && (
        <Choice
          label={t('programme.targets')}
          value={isWhole ? 'whole' : 'chosen'}
          options={[
            { value: 'whole', label: t('programme.whole') },
            { value: 'chosen', label: t('programme.chosen') },
          ]}
          onChange={(next) => onChange(next === 'whole', [])}
        />
      )}
      {all.isPending ? (
        <RowsSkeleton rows={2} height={44} />
      ) : all.isError ? (
        <LoadError error={all.error} onRetry={() => all.refetch()} />
      ) : all.data.length === 0 ? (
        <p className={styles.hint}>{t('programme.noClusters')}</p>
      ) : (
        <Checkbox.Group
          label={isWhole ? t('programme.exclude') : t('programme.choose')}
          value={[...clusters]}
          error={error}
          readOnly={readOnly}
          onChange={(next) => onChange(isWhole, next)}
        >
          <div className={styles.clusters}>
            {all.data.map((cluster) => (
              <Checkbox
                key={cluster.id}
                size="md"
                value={cluster.id}
                label={cluster.name}
                classNames={{ body: styles.check }}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </div>
  )
}
