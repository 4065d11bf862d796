import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../../lib/notify.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import styles from './sound-row.module.css'

interface RemoveButtonProps {
  /** For those who do not see the row. */
  readonly label: string
  readonly question: string
  readonly run: () => Promise<unknown>
  readonly done: string
  readonly failed: string
}

/** Asks before it takes a sound away: it may be the only one there is. */
export function RemoveButton({ label, question, run, done, failed }: RemoveButtonProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const removing = useMutation({
    mutationFn: run,
    onSuccess: () => notifyDone(done),
    onError: (error) => notifyFailed(failed, textOf(error)),
  })
  return (
    <Button
      className={styles.remove}
      data-action="remove"
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={18} aria-hidden />}
      loading={removing.isPending}
      aria-label={label}
      onClick={() => window.confirm(question) && removing.mutate()}
    >
      {t('sound.remove')}
    </Button>
  )
}
