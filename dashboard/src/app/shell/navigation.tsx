import { IconBroadcast, IconCalendarTime, IconClipboardList, IconFileText, IconHome } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './shell.module.css'

const ITEMS = [
  { to: '/', name: 'overview', icon: IconHome },
  { to: '/ban-tin', name: 'bulletins', icon: IconFileText },
  { to: '/lich-phat', name: 'schedule', icon: IconCalendarTime },
  { to: '/nhat-ky', name: 'played', icon: IconClipboardList },
  { to: '/cum-loa', name: 'clusters', icon: IconBroadcast },
] as const

/** A side rail on a desk, a bar under the thumb on a phone. */
export function Navigation() {
  const { t } = useTranslation()
  return (
    <nav className={styles.navigation} aria-label={t('app.mainNavigation')}>
      {ITEMS.map(({ to, name, icon: Glyph }) => (
        <Link key={to} to={to} className={styles.item} activeOptions={{ exact: to === '/', includeSearch: false }}>
          <Glyph size={24} stroke={1.8} aria-hidden />
          <span>{t(`nav.${name}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
