import { type Icon, IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './notice.module.css'

type Kind = 'info' | 'warn' | 'bad'
const ICON: Record<Kind, Icon> = { info: IconInfoCircle, warn: IconAlertTriangle, bad: IconCircleX }

interface NoticeProps {
  readonly kind: Kind
  readonly title?: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** A sentence the person must not miss; a bad one is announced at once. */
export function Notice({ kind, title, children, action }: NoticeProps) {
  const Glyph = ICON[kind]
  return (
    <div className={styles.notice} data-kind={kind} role={kind === 'bad' ? 'alert' : 'note'}>
      <Glyph size={22} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        {title && <strong className={styles.title}>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  )
}
