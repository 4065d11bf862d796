import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMapQuestion } from '@tabler/icons-react'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { Empty } from '../components/ui/empty.tsx'
import { LoadError } from '../components/ui/load-error.tsx'
import { Page } from '../components/ui/page.tsx'
import { ApiError } from '../lib/api.ts'
import { useTranslation } from '../lib/i18n/index.ts'

/** The last net: a page that could not load, or a bug. */
export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const retry = (): void => {
    reset()
    void router.invalidate()
  }
  return (
    <Page title={error instanceof ApiError ? t('error.title') : t('error.crashTitle')} narrow>
      {error instanceof ApiError ? (
        <LoadError error={error} onRetry={retry} />
      ) : (
        <Empty
          icon={IconAlertTriangle}
          title={t('error.crashTitle')}
          text={t('error.crashText')}
          action={<Button onClick={() => location.reload()}>{t('common.reload')}</Button>}
        />
      )}
    </Page>
  )
}

export function NotFoundScreen() {
  const { t } = useTranslation()
  return (
    <main>
      <Page title={t('error.pageNotFound')} narrow>
        <Empty
          icon={IconMapQuestion}
          title={t('error.pageNotFound')}
          text={t('error.pageNotFoundText')}
          action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('error.toOverview')}</Button>}
        />
      </Page>
    </main>
  )
}

/** The account could not be asked for: there is no shell around this page yet. */
export function EntranceError(props: ErrorComponentProps) {
  return (
    <main>
      <ErrorScreen {...props} />
    </main>
  )
}
