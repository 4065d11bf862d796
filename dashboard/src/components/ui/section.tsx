import type { ReactNode } from 'react'
import { useId } from 'react'
import { followRemoval } from './follow-removal.ts'
import styles from './section.module.css'

interface SectionProps {
  readonly title: string
  readonly aside?: ReactNode
  /** Without a card around it. */
  readonly plain?: boolean
  readonly children: ReactNode
}

export function Section({ title, aside, plain = false, children }: SectionProps) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id} ref={followRemoval}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </div>
      {plain ? children : <div className={styles.card}>{children}</div>}
    </section>
  )
}

/** A raised sheet of paper. */
export function Card({ children, flush = false }: { children: ReactNode; flush?: boolean }) {
  return <div className={flush ? `${styles.card} ${styles.flush}` : styles.card}>{children}</div>
}
