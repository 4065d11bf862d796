import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Mark } from '../../components/ui/logo.tsx'
import { connection } from '../../lib/connection.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { followStream } from '../live.ts'
import { AccountMenu } from './account-menu.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { Navigation } from './navigation.tsx'
import styles from './shell.module.css'

/** What surrounds every page of a signed-in person. It holds the one live stream. */
export function Shell() {
  const { t } = useTranslation()
  const client = useQueryClient()
  useEffect(() => followStream(client, connection), [client])
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        {t('app.skip')}
      </a>
      <header className={styles.brandBar}>
        <Link to="/" className={styles.brand}>
          <Mark size={38} />
          <span>{t('app.name')}</span>
        </Link>
        <AccountMenu />
      </header>
      <Navigation />
      <main id="main" className={styles.main} tabIndex={-1}>
        <ConnectionBanner />
        <Outlet />
      </main>
    </div>
  )
}
