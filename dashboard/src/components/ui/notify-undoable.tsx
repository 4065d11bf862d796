import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from '../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../lib/notify.ts'
import { useErrorText } from '../../lib/use-error-text.ts'
import styles from './notify-undoable.module.css'

/** Long enough to read, to doubt and to reach the button. */
const UNDO_MS = 9_000

/** Only the last thing done can be undone: a pile of these would cover what is to be pressed next. */
let shown = ''

/** Says what was done, with a way back. */
export function notifyUndoable(message: string, undo: () => Promise<void>): void {
  notifications.hide(shown)
  const id = notifyDone(<Undoable message={message} undo={undo} onPress={() => notifications.hide(id)} />, UNDO_MS)
  shown = id
}

interface UndoableProps {
  readonly message: string
  readonly undo: () => Promise<void>
  readonly onPress: () => void
}

function Undoable({ message, undo, onPress }: UndoableProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const press = (): void => {
    onPress()
    undo().then(
      () => notifyDone(t('common.undone')),
      (error: unknown) => notifyFailed(t('common.notUndone'), textOf(error)),
    )
  }
  return (
    <div className={styles.undoable}>
      <span className={styles.message}>{message}</span>
      <Button variant="default" onClick={press}>
        {t('common.undo')}
      </Button>
    </div>
  )
}
