import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Notice } from '../../components/ui/notice.tsx'
import { AcceptForm } from '../../features/accounts/components/accept-form.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './entrance.module.css'
import { Entrance } from './entrance.tsx'

const route = getRouteApi('/moi')

/** Where a one-time link leads: the first administrator comes in here too. */
export function AcceptPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const { token } = route.useSearch()
  const enter = (): void => {
    client.clear()
    router.history.replace('/')
  }
  return (
    <Entrance title={t('invitation.title')}>
      {token ? (
        <>
          <p className={styles.intro}>{t('invitation.intro')}</p>
          <AcceptForm token={token} onDone={enter} />
        </>
      ) : (
        <Notice kind="bad">{t('invitation.missing')}</Notice>
      )}
    </Entrance>
  )
}
