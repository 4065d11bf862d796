import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from '../../lib/i18n/index.ts'

/** As tall as what it stands in for, so that nothing jumps when the answer comes. */
export function RowsSkeleton({ rows, height }: { rows: number; height: number }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <Skeleton key={row} height={height - 10} mb={10} radius="md" />
      ))}
    </div>
  )
}
