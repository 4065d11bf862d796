import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './pill.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'odd' | 'calm' | 'accent'

/** A state told by icon and word; the colour only repeats it. */
export function Pill({ tone, icon: Glyph, children }: { tone: Tone; icon: Icon; children: ReactNode }) {
  return (
    <span className={styles.pill} data-tone={tone}>
      <Glyph size={16} stroke={2.2} aria-hidden />
      <span>{children}</span>
    </span>
  )
}
