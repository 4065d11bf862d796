import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../../lib/notify.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import styles from './sound-row.module.css'

/** For a sound that a fault of the server has kept from being checked: its file is still there. */
export function RecheckButton({ name, run }: { name: string; run: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const checking = useMutation({
    mutationFn: run,
    onSuccess: () => notifyDone(t('sound.rechecking')),
    onError: (error) => notifyFailed(t('sound.notRechecked'), textOf(error)),
  })
  return (
    <Button
      className={styles.recheck}
      variant="light"
      leftSection={<IconRefresh size={18} aria-hidden />}
      loading={checking.isPending}
      aria-label={t('sound.recheckOf', { name })}
      onClick={() => checking.mutate()}
    >
      {t('sound.recheck')}
    </Button>
  )
}
