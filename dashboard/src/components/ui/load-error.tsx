import { Button } from '@mantine/core'
import { ApiError } from '../../lib/api.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useErrorText } from '../../lib/use-error-text.ts'
import { Notice } from './notice.tsx'

/** A query that failed, with a way to try again. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  return (
    <Notice
      kind="bad"
      title={t('error.title')}
      action={
        <Button variant="default" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      }
    >
      {textOf(error)}
      {error instanceof ApiError && error.requestId && (
        <div>
          <small>{t('error.requestId', { id: error.requestId })}</small>
        </div>
      )}
    </Notice>
  )
}
