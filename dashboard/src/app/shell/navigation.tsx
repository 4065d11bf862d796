import {
  IconBroadcast,
  IconCalendarTime,
  IconClipboardList,
  IconFileText,
  IconHome,
  IconInbox,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inboxCountsQuery } from '../../components/inbox-counts-query.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './shell.module.css'

const ITEMS = [
  { to: '/', name: 'overview', icon: IconHome },
  { to: '/ban-tin-den', name: 'inbox', icon: IconInbox },
  { to: '/ban-tin', name: 'bulletins', icon: IconFileText },
  { to: '/lich-phat', name: 'schedule', icon: IconCalendarTime },
  { to: '/nhat-ky', name: 'played', icon: IconClipboardList },
  { to: '/cum-loa', name: 'clusters', icon: IconBroadcast },
] as const

/** A side rail on a desk, a bar under the thumb on a phone. */
export function Navigation() {
  const { t } = useTranslation()
  const can = useCan()
  const items = ITEMS.filter(({ name }) => (name !== 'inbox' && name !== 'bulletins') || can('bulletins.read'))
  return (
    <nav className={styles.navigation} aria-label={t('app.mainNavigation')}>
      {items.map(({ to, name, icon: Glyph }) => (
        <Link key={to} to={to} className={styles.item} activeOptions={{ exact: to === '/', includeSearch: false }}>
          <Glyph size={24} stroke={1.8} aria-hidden />
          <span>{t(`nav.${name}`)}</span>
          {name === 'inbox' && <InboxCount />}
        </Link>
      ))}
    </nav>
  )
}

/** What waits for whoever decides; for whoever watches, what waits for too long. */
function InboxCount() {
  const { t } = useTranslation()
  const mayDecide = useCan()('inbox.decide')
  const counts = useQuery(inboxCountsQuery).data
  const n = (mayDecide ? counts?.waiting : counts?.overdue) ?? 0
  if (n === 0) return null
  return (
    <span className={styles.count}>
      <span aria-hidden>{n > 99 ? '99+' : n}</span>
      <span className={styles.hidden}>{t(mayDecide ? 'inbox.navWaiting' : 'inbox.navOverdue', { n })}</span>
    </span>
  )
}
