import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './empty.module.css'

interface EmptyProps {
  readonly icon: Icon
  readonly title: string
  readonly text?: string
  readonly action?: ReactNode
}

/** Nothing here yet, and what to do about it. */
export function Empty({ icon: Glyph, title, text, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <Glyph size={40} stroke={1.4} aria-hidden className={styles.icon} />
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {action}
    </div>
  )
}
