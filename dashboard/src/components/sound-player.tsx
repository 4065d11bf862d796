import { ActionIcon } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { audioLength } from '../lib/format/number.ts'
import { useTranslation } from '../lib/i18n/index.ts'
import styles from './sound-player.module.css'

interface SoundPlayerProps {
  readonly url: string
  readonly ms: number
  /** Which sound it is, for those who do not see the row. */
  readonly label: string
}

/** One line to hear a sound by; nothing is fetched before somebody does. */
export function SoundPlayer({ url, ms, label }: SoundPlayerProps) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [isBroken, setBroken] = useState(false)
  const [at, setAt] = useState(0)
  const toggle = (): void => {
    if (isPlaying) audio.current?.pause()
    // Whoever pauses before it has begun has broken nothing.
    else audio.current?.play().catch((error: Error) => setBroken(error.name !== 'AbortError'))
  }
  const seek = (seconds: number): void => {
    if (audio.current) audio.current.currentTime = seconds
    setAt(seconds)
  }
  const Glyph = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled
  const position = t('player.position', { now: audioLength(at * 1000), total: audioLength(ms) })
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands in the script of the bulletin */}
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => {
          setPlaying(true)
          setBroken(false)
        }}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
      />
      <ActionIcon
        size={44}
        radius="xl"
        variant="default"
        aria-label={t(isPlaying ? 'sound.pause' : 'sound.play', { label })}
        onClick={toggle}
      >
        <Glyph size={22} aria-hidden />
      </ActionIcon>
      <input
        className={styles.seek}
        type="range"
        min={0}
        max={ms / 1000}
        step={1}
        value={at}
        aria-label={t('sound.seek', { label })}
        aria-valuetext={position}
        onChange={(event) => seek(Number(event.currentTarget.value))}
      />
      <span className={styles.time}>{isBroken ? t('player.failed') : position}</span>
    </div>
  )
}
