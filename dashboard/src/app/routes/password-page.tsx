import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { Card } from '../../components/ui/section.tsx'
import { PasswordForm } from '../../features/accounts/components/password-form.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { meQuery } from '../../lib/session.ts'

/** One function for all renderings, so that the focus is taken once. */
const takeFocus = (element: HTMLElement | null): void => element?.focus()

export function PasswordPage() {
  const { t } = useTranslation()
  const me = useQuery(meQuery).data
  const [isDone, setDone] = useState(false)
  return (
    <Page title={t('password.title')} lead={isDone ? undefined : t('password.lead')} narrow>
      {isDone ? (
        // What had the focus is gone with the form; here the screen reader goes on reading.
        <div ref={takeFocus} tabIndex={-1}>
          <Notice
            kind="info"
            title={t('password.done')}
            action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('error.toOverview')}</Button>}
          >
            {t('password.doneText')}
          </Notice>
        </div>
      ) : (
        <Card>
          <PasswordForm username={me?.username ?? ''} onDone={() => setDone(true)} />
        </Card>
      )}
    </Page>
  )
}
