import { ActionIcon } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Notice } from '../../../components/ui/notice.tsx'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './audio-player.module.css'
import { Waveform } from './waveform.tsx'

/** Drawing the waveform decodes the whole file in memory (about 6 MB a minute): too much for a phone beyond this. */
const LONGEST_DRAWN_MS = 10 * 60_000

/** Plays by streaming, so that half an hour of speech starts at once and costs only what is listened to. */
export function AudioPlayer({ url, ms }: { url: string; ms: number }) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [isBroken, setBroken] = useState(false)
  const [at, setAt] = useState(0)

  const toggle = (): void => {
    if (isPlaying) audio.current?.pause()
    else void audio.current?.play().catch(() => setBroken(true))
  }
  const seek = (seconds: number): void => {
    if (audio.current) audio.current.currentTime = seconds
    setAt(seconds)
  }
  const Glyph = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled
  const position = t('player.position', { now: audioLength(at * 1000), total: audioLength(ms) })

  if (isBroken) return <Notice kind="bad">{t('player.failed')}</Notice>
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: the script stands on the same page */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onError={() => setBroken(true)}
      />
      <ActionIcon
        className={styles.button}
        size={56}
        radius="xl"
        aria-label={isPlaying ? t('player.pause') : t('player.play')}
        onClick={toggle}
      >
        <Glyph size={26} aria-hidden />
      </ActionIcon>
      <div className={styles.track}>
        {ms <= LONGEST_DRAWN_MS && <Waveform media={audio} />}
        <input
          className={styles.seek}
          type="range"
          min={0}
          max={ms / 1000}
          step={1}
          value={at}
          aria-label={t('player.seek')}
          aria-valuetext={position}
          onChange={(event) => seek(Number(event.currentTarget.value))}
        />
      </div>
      <span className={styles.time}>{position}</span>
    </div>
  )
}
