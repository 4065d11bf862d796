import { useClickOutside, useDisclosure, useWindowEvent } from '@mantine/hooks'
import { IconUserCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef } from 'react'
import { useTranslation } from '../../lib/i18n/index.ts'
import { meQuery } from '../../lib/session.ts'
import styles from './account-menu.module.css'
import { AccountPanel } from './account-panel.tsx'

/** Seldom used and heavy, so it comes when somebody asks for it. */
const InviteDialog = lazy(async () => ({
  default: (await import('../../features/accounts/components/invite-dialog.tsx')).InviteDialog,
}))

/** A plain disclosure: a menu component would cost a tenth of the first load. */
export function AccountMenu() {
  const { t } = useTranslation()
  const me = useQuery(meQuery).data
  const [isOpen, panel] = useDisclosure(false)
  const [isInviting, inviting] = useDisclosure(false)
  const box = useClickOutside<HTMLDivElement>(panel.close)
  const button = useRef<HTMLButtonElement>(null)
  useWindowEvent('keydown', (event) => {
    if (event.key !== 'Escape' || !isOpen) return
    panel.close()
    button.current?.focus()
  })
  return (
    <div ref={box} className={styles.menu}>
      <button
        ref={button}
        type="button"
        className={styles.account}
        aria-expanded={isOpen}
        aria-controls="account-panel"
        onClick={panel.toggle}
      >
        <IconUserCircle size={28} stroke={1.6} aria-hidden />
        <span className={styles.hidden}>{t('nav.account')}</span>
        <span className={styles.text}>
          <span className={styles.name}>{me?.name}</span>
          <span className={styles.role}>{me && t(`role.${me.role}`)}</span>
        </span>
      </button>
      <div id="account-panel" className={styles.panel} hidden={!isOpen}>
        <AccountPanel onLeave={panel.close} onInvite={inviting.open} />
      </div>
      {isInviting && (
        <Suspense>
          <InviteDialog onClose={inviting.close} />
        </Suspense>
      )}
    </div>
  )
}
