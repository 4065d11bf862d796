import { useRef } from 'react'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './level-meter.module.css'

const SOFT = 0.08
const LOUD = 0.97
/** What was loudest stays in sight for a while: words have gaps. */
const FALL = 0.9

/** How loud it is, as a bar and as a word on what to do. */
export function LevelMeter({ level }: { level: number }) {
  const { t } = useTranslation()
  const held = useRef(0)
  held.current = Math.max(level, held.current * FALL)
  const word = held.current < SOFT ? 'soft' : held.current > LOUD ? 'loud' : 'good'
  return (
    <div className={styles.level} data-word={word}>
      <meter
        className={styles.meter}
        min={0}
        max={1}
        low={SOFT}
        high={LOUD}
        optimum={0.5}
        value={held.current}
        aria-label={t('sound.level.label')}
      />
      <span className={styles.word}>{t(`sound.level.${word}`)}</span>
    </div>
  )
}
