import { ActionIcon, Button } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
} from '@tabler/icons-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Notice } from '../../../components/ui/notice.tsx'
import { audioLength, number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import type { Player } from '../player.ts'
import styles from './audio-player.module.css'
import { SeekBar } from './seek-bar.tsx'

interface AudioPlayerProps {
  readonly player: Player
  readonly url: string
  readonly ms: number
  /** Null for sound that was never measured, or while they are on their way. */
  readonly peaks: string | null
}

const SKIP_MS = 10_000

/** Plays by streaming, so that half an hour of speech starts at once and costs only what is listened to. */
export function AudioPlayer({ player, url, ms, peaks }: AudioPlayerProps) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const isPlaying = useSyncExternalStore(player.subscribe, player.isPlaying)
  const isBroken = useSyncExternalStore(player.subscribe, player.isBroken)
  useEffect(() => (audio.current ? player.hold(audio.current) : undefined), [player])

  const skip = (by: number): void => player.seek(Math.min(ms, player.now() + by))
  const Glyph = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: the script stands on the same page and follows */}
      <audio ref={audio} src={url} preload="none" />
      {isBroken && (
        <Notice
          kind="bad"
          action={
            <Button variant="default" onClick={player.play}>
              {t('common.retry')}
            </Button>
          }
        >
          {t('player.failed')}
        </Notice>
      )}
      <SeekBar player={player} ms={ms} peaks={peaks} />
      <Clock player={player} ms={ms} />
      <div className={styles.controls}>
        <ActionIcon
          variant="default"
          size={48}
          radius="xl"
          aria-label={t('player.back')}
          onClick={() => skip(-SKIP_MS)}
        >
          <IconRewindBackward10 size={24} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size={60}
          radius="xl"
          aria-label={isPlaying ? t('player.pause') : t('player.play')}
          onClick={isPlaying ? player.pause : player.play}
        >
          <Glyph size={28} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={48}
          radius="xl"
          aria-label={t('player.ahead')}
          onClick={() => skip(SKIP_MS)}
        >
          <IconRewindForward10 size={24} aria-hidden />
        </ActionIcon>
        <Speed player={player} />
      </div>
    </div>
  )
}

function Clock({ player, ms }: { player: Player; ms: number }) {
  const second = useSyncExternalStore(player.subscribe, () => Math.floor(player.now() / 1000))
  return (
    <div className={styles.clock} aria-hidden>
      <span>{audioLength(second * 1000)}</span>
      <span>{audioLength(ms)}</span>
    </div>
  )
}

const SPEEDS = [1, 1.25, 1.5]

function Speed({ player }: { player: Player }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const chosen = useSyncExternalStore(player.subscribe, player.speed)
  return (
    <fieldset className={styles.speeds}>
      <legend className={styles.legend}>{t('player.speed')}</legend>
      {SPEEDS.map((speed) => (
        <button
          key={speed}
          type="button"
          className={styles.speed}
          aria-pressed={speed === chosen}
          onClick={() => player.setSpeed(speed)}
        >
          {number(speed, language, speed === 1 ? 0 : speed === 1.5 ? 1 : 2)}×
        </button>
      ))}
    </fieldset>
  )
}
