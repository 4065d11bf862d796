import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './page.module.css'

interface PageProps {
  readonly title: string
  /** A line under the title. */
  readonly lead?: ReactNode
  /** Buttons of the page; the first is the main one. */
  readonly actions?: ReactNode
  readonly back?: { readonly to: string; readonly search?: Readonly<Record<string, string>>; readonly label: string }
  readonly narrow?: boolean
  /** For what needs all the width there is, such as a week. */
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Page({ title, lead, actions, back, narrow = false, wide = false, children }: PageProps) {
  const { t } = useTranslation()
  useDocumentTitle(t('app.titleOf', { page: title }))
  return (
    <div className={[styles.page, narrow && styles.narrow, wide && styles.wide].filter(Boolean).join(' ')}>
      {back && (
        <Link to={back.to} search={back.search ?? {}} className={styles.back}>
          <IconChevronLeft size={18} aria-hidden />
          <span className={styles.backLabel}>{back.label}</span>
        </Link>
      )}
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
