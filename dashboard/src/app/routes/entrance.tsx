import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Mark } from '../../components/ui/logo.tsx'
import { switchLanguage, useLanguage, useTranslation } from '../../lib/i18n/index.ts'
import styles from './entrance.module.css'

/** The sheet on which a person without a session signs in or creates an account. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  const other = useLanguage() === 'vi' ? 'en' : 'vi'
  useDocumentTitle(t('app.titleOf', { page: title }))
  return (
    <div className={styles.entrance}>
      <main className={styles.sheet}>
        <div className={styles.brand}>
          <Mark size={56} />
          <div>
            <div className={styles.name}>{t('app.name')}</div>
            <div className={styles.tagline}>{t('app.tagline')}</div>
          </div>
        </div>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </main>
      <button type="button" className={styles.language} lang={other} onClick={() => void switchLanguage(other)}>
        {t(other === 'en' ? 'account.english' : 'account.vietnamese')}
      </button>
    </div>
  )
}
