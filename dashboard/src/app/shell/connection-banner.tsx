import { useDebouncedValue } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { useConnection, useOnline } from '../../lib/connection.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './shell.module.css'

/** Short hiccups heal by themselves and are not worth a fright. */
const PATIENCE_MS = 3_000

export function ConnectionBanner() {
  const { t } = useTranslation()
  const state = useConnection()
  const isOnline = useOnline()
  const [settled] = useDebouncedValue(state, PATIENCE_MS)
  const isLost = state === 'lost' && settled === 'lost'
  const text = !isOnline ? t('connection.offline') : isLost ? t('connection.lost') : null
  return (
    <div role="status">
      {text && (
        <div className={styles.banner}>
          <IconCloudOff size={22} aria-hidden /> {text}
        </div>
      )}
    </div>
  )
}
