import { Button, FileButton, Group } from '@mantine/core'
import { IconFileMusic, IconMicrophone } from '@tabler/icons-react'
import { useBlocker } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { MAX_UPLOAD_BYTES, UPLOAD_EXTENSIONS } from '#protocol/http/uploads.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { SoundFile } from '../api/send-sound.ts'
import { useSending } from '../use-sending.ts'
import { Microphone } from './microphone.tsx'
import { SendingProgress } from './sending-progress.tsx'

const MEGABYTE = 1024 * 1024

interface AddSoundProps {
  /** What the next file is for; null: something has to be filled in first, and the page says what. */
  readonly metadata: () => Record<string, string> | null
  readonly onDone: () => void
}

/** Brings a sound from a file or the microphone. */
export function AddSound({ metadata, onDone }: AddSoundProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const reset = useRef<() => void>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { state, start, pause, resume, cancel } = useSending(onDone)
  const close = useCallback(() => setOpen(false), [])
  const wouldLose = isBusy || state.kind === 'sending'
  useBlocker({
    shouldBlockFn: () => wouldLose && !window.confirm(t('sound.leave')),
    enableBeforeUnload: wouldLose,
  })

  const send = (file: SoundFile): void => {
    const about = metadata()
    if (!about) return
    setOpen(false)
    void start(file, about)
  }
  const choose = (file: File | null): void => {
    // The same file may be chosen again, and that must be news to the browser.
    reset.current?.()
    if (!file) return
    const { size, name, lastModified } = file
    setProblem(size === 0 ? t('sound.empty') : size > MAX_UPLOAD_BYTES ? t('sound.tooBig', LIMIT) : null)
    if (size > 0 && size <= MAX_UPLOAD_BYTES) send({ blob: file, name, mark: String(lastModified) })
  }
  if (state.kind !== 'none') {
    return <SendingProgress state={state} onPause={pause} onResume={resume} onCancel={cancel} />
  }
  if (isOpen) return <Microphone onUse={send} onClose={close} onBusy={setBusy} />
  return (
    <>
      {problem && <Notice kind="bad">{problem}</Notice>}
      <Group gap="sm">
        <FileButton resetRef={reset} onChange={choose} accept={`audio/*,${UPLOAD_EXTENSIONS.join(',')}`}>
          {(props) => (
            <Button {...props} leftSection={<IconFileMusic size={20} aria-hidden />}>
              {t('sound.chooseFile')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          leftSection={<IconMicrophone size={20} aria-hidden />}
          onClick={() => metadata() && setOpen(true)}
        >
          {t('sound.useMicrophone')}
        </Button>
      </Group>
    </>
  )
}

const LIMIT = { limit: MAX_UPLOAD_BYTES / MEGABYTE }
