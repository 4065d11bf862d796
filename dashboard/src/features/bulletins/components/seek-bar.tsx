import { type KeyboardEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Player } from '../player.ts'
import styles from './seek-bar.module.css'
import { Waveform } from './waveform.tsx'

interface SeekBarProps {
  readonly player: Player
  readonly ms: number
  /** Without them the bar is a plain line. */
  readonly peaks: string | null
}

/** The waveform is itself the slider: a press anywhere on it plays from there, and its thumb is the playhead. */
export function SeekBar({ player, ms, peaks }: SeekBarProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const slider = useRef<HTMLInputElement>(null)
  const second = useSyncExternalStore(player.subscribe, () => Math.floor(player.now() / 1000))

  // Sixty times a second, so past React.
  useEffect(() => {
    const show = (): void => {
      const now = player.now()
      if (slider.current) slider.current.value = String(now / 1000)
      box.current?.style.setProperty('--played', String(Math.min(1, now / ms)))
    }
    show()
    return player.subscribe(show)
  }, [player, ms])

  return (
    <div ref={box} className={styles.box}>
      {peaks ? <Waveform peaks={peaks} /> : <div className={styles.line} aria-hidden />}
      <input
        ref={slider}
        className={styles.slider}
        type="range"
        min={0}
        max={ms / 1000}
        step="any"
        defaultValue={0}
        aria-label={t('player.seek')}
        aria-valuetext={t('player.position', { now: audioLength(second * 1000), total: audioLength(ms) })}
        onChange={(event) => player.seek(Number(event.currentTarget.value) * 1000)}
        onKeyDown={(event) => {
          const by = STEP_MS[event.key]
          if (by === undefined || hasModifier(event)) return
          event.preventDefault()
          player.seek(Math.min(ms, player.now() + by))
        }}
      />
    </div>
  )
}

/** A browser's own steps of such a slider would be hundredths of a second. */
const STEP_MS: Readonly<Record<string, number>> = {
  ArrowLeft: -5_000,
  ArrowDown: -5_000,
  ArrowRight: 5_000,
  ArrowUp: 5_000,
  PageDown: -30_000,
  PageUp: 30_000,
}

const hasModifier = (event: KeyboardEvent): boolean => event.altKey || event.ctrlKey || event.metaKey
