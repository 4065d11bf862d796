import { Button, Group } from '@mantine/core'
import { IconCheck, IconMicrophone, IconPlayerStopFilled, IconRefresh, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { MAX_UPLOAD_MS } from '#protocol/http/uploads.ts'
import { SoundPlayer } from '../../../components/sound-player.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { SoundFile } from '../api/send-sound.ts'
import { extensionOf, MicrophoneError, type MicrophoneProblem, type Recorder, startRecorder } from '../recorder.ts'
import { LevelMeter } from './level-meter.tsx'
import styles from './microphone.module.css'

interface Take {
  readonly blob: Blob
  readonly url: string
  readonly ms: number
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'recording'; readonly recorder: Recorder; readonly startedAt: number }
  | { readonly kind: 'done'; readonly take: Take }
  | { readonly kind: 'failed'; readonly problem: MicrophoneProblem }

interface MicrophoneProps {
  readonly onUse: (file: SoundFile) => void
  readonly onClose: () => void
  /** Whether something would be lost by leaving. */
  readonly onBusy: (isBusy: boolean) => void
}

/** Records, lets hear, records anew, and hands over what is good. */
export function Microphone({ onUse, onClose, onBusy }: MicrophoneProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<State>({ kind: 'idle' })
  const isBusy = state.kind === 'recording' || state.kind === 'done'
  useEffect(() => {
    onBusy(isBusy)
    return () => onBusy(false)
  }, [isBusy, onBusy])
  useRelease(state)

  const record = async (): Promise<void> => {
    setState({ kind: 'asking' })
    try {
      setState({ kind: 'recording', recorder: await startRecorder(), startedAt: performance.now() })
    } catch (error) {
      setState({ kind: 'failed', problem: error instanceof MicrophoneError ? error.problem : 'unsupported' })
    }
  }
  const stop = async (recorder: Recorder, ms: number): Promise<void> => {
    const blob = await recorder.stop()
    setState({ kind: 'done', take: { blob, ms, url: URL.createObjectURL(blob) } })
  }
  const use = ({ blob, ms }: Take): void =>
    onUse({ blob, name: `${t('sound.recordedName')}.${extensionOf(blob.type)}`, mark: String(Math.round(ms)) })

  return (
    <div className={styles.microphone}>
      {state.kind === 'failed' && <Notice kind="bad">{t(`sound.microphone.${state.problem}`)}</Notice>}
      {(state.kind === 'idle' || state.kind === 'asking' || state.kind === 'failed') && (
        <>
          <p className={styles.hint}>{t('sound.microphone.hint')}</p>
          <Group gap="sm">
            <Button
              leftSection={<IconMicrophone size={20} aria-hidden />}
              loading={state.kind === 'asking'}
              onClick={record}
            >
              {t('sound.microphone.start')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </Group>
        </>
      )}
      {state.kind === 'recording' && <Running {...state} onStop={(ms) => stop(state.recorder, ms)} />}
      {state.kind === 'done' && (
        <>
          <SoundPlayer url={state.take.url} ms={state.take.ms} label={t('sound.recordedName')} />
          <Group gap="sm">
            <Button leftSection={<IconCheck size={20} aria-hidden />} onClick={() => use(state.take)}>
              {t('sound.microphone.use')}
            </Button>
            <Button variant="default" leftSection={<IconRefresh size={18} aria-hidden />} onClick={record}>
              {t('sound.microphone.again')}
            </Button>
            <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={onClose}>
              {t('sound.microphone.discard')}
            </Button>
          </Group>
        </>
      )}
    </div>
  )
}

const LOOK_MS = 100

function Running({
  recorder,
  startedAt,
  onStop,
}: {
  recorder: Recorder
  startedAt: number
  onStop: (ms: number) => void
}) {
  const { t } = useTranslation()
  const [{ ms, level }, setSeen] = useState({ ms: 0, level: 0 })
  const stop = useRef(onStop)
  stop.current = onStop
  useEffect(() => {
    const timer = setInterval(() => {
      const now = performance.now() - startedAt
      setSeen({ ms: now, level: recorder.level() })
      if (now < MAX_UPLOAD_MS) return
      clearInterval(timer)
      stop.current(now)
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [recorder, startedAt])
  return (
    <>
      <p className={styles.clock}>
        <span className={styles.dot} aria-hidden />
        {t('sound.microphone.running', { time: audioLength(ms) })}
      </p>
      <LevelMeter level={level} />
      <Button
        size="lg"
        color="red"
        leftSection={<IconPlayerStopFilled size={20} aria-hidden />}
        onClick={() => onStop(performance.now() - startedAt)}
      >
        {t('sound.microphone.stop')}
      </Button>
    </>
  )
}

/** Lets go of the microphone, or of the bytes of a take, when the state that has them is left. */
function useRelease(state: State): void {
  useEffect(() => {
    if (state.kind === 'done') return () => URL.revokeObjectURL(state.take.url)
    if (state.kind === 'recording') return () => state.recorder.discard()
    return undefined
  }, [state])
}
