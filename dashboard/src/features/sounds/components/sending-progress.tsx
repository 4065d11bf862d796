import { Button, Group, Progress } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { Notice } from '../../../components/ui/notice.tsx'
import { fileSize, percent } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import type { SendingState } from '../use-sending.ts'
import styles from './sending-progress.module.css'

interface SendingProgressProps {
  readonly state: Exclude<SendingState, { kind: 'none' }>
  readonly onPause: () => void
  readonly onResume: () => void
  readonly onCancel: () => void
}

/** How far a file has come, and what can be done about it. */
export function SendingProgress({ state, onPause, onResume, onCancel }: SendingProgressProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const textOf = useErrorText()
  const { size } = state.file.blob
  const share = size === 0 ? 0 : state.sentBytes / size
  return (
    <div className={styles.sending}>
      <p className={styles.name} aria-live="polite">
        {t(`sound.${state.kind}`, { name: state.file.name })}
      </p>
      <Progress.Root size="lg" transitionDuration={200}>
        <Progress.Section value={share * 100} aria-label={t('sound.sendingLabel')} />
      </Progress.Root>
      <p className={styles.amount}>
        {t('sound.amount', {
          percent: percent(share),
          sent: fileSize(state.sentBytes, language),
          total: fileSize(size, language),
        })}
      </p>
      {state.kind === 'failed' && <Notice kind="bad">{textOf(state.error)}</Notice>}
      <Group gap="sm">
        {state.kind === 'sending' ? (
          <Button variant="default" leftSection={<IconPlayerPause size={18} aria-hidden />} onClick={onPause}>
            {t('sound.pauseSending')}
          </Button>
        ) : (
          <Button leftSection={<IconPlayerPlay size={18} aria-hidden />} onClick={onResume}>
            {t(state.kind === 'paused' ? 'sound.resumeSending' : 'sound.retrySending')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={onCancel}>
          {t('sound.cancelSending')}
        </Button>
      </Group>
    </div>
  )
}
