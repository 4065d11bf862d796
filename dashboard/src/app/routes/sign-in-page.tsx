import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { SignInForm } from '../../features/accounts/components/sign-in-form.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './entrance.module.css'
import { Entrance } from './entrance.tsx'

const route = getRouteApi('/dang-nhap')

export function SignInPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const { tiep } = route.useSearch()
  const enter = (): void => {
    client.clear()
    router.history.push(isOwnPath(tiep) ? tiep : '/')
  }
  return (
    <Entrance title={t('signIn.title')}>
      <SignInForm onDone={enter} />
      <p className={styles.note}>{t('signIn.noAccount')}</p>
    </Entrance>
  )
}

/** A link must not be able to send a freshly signed-in person to another site. */
const isOwnPath = (path: string | undefined): path is string => path !== undefined && /^\/(?![/\\])/.test(path)
