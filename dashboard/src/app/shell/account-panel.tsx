import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconBuildingBroadcastTower,
  IconClockPause,
  IconKey,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserPlus,
  IconVocabulary,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { signOut } from '../../features/accounts/api/sign-out.ts'
import { switchLanguage, useLanguage, useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './account-menu.module.css'

/** What a person sets for themselves, and the way out. */
export function AccountPanel({ onLeave, onInvite }: { onLeave: () => void; onInvite: () => void }) {
  const { t } = useTranslation()
  const can = useCan()
  const leaving = useMutation({ mutationFn: signOut, onSettled: forgetEverything })
  return (
    <>
      <Link to="/dai" className={styles.item} onClick={onLeave}>
        <IconBuildingBroadcastTower size={20} aria-hidden /> {t('account.station')}
      </Link>
      {can('programmes.read') && (
        <Link to="/quy-dinh" className={styles.item} onClick={onLeave}>
          <IconClockPause size={20} aria-hidden /> {t('account.rules')}
        </Link>
      )}
      {can('bulletins.read') && (
        <Link to="/tu-dien" className={styles.item} onClick={onLeave}>
          <IconVocabulary size={20} aria-hidden /> {t('account.dictionary')}
        </Link>
      )}
      {can('accounts.write') && (
        <button
          type="button"
          className={styles.item}
          onClick={() => {
            onLeave()
            onInvite()
          }}
        >
          <IconUserPlus size={20} aria-hidden /> {t('account.invite')}
        </button>
      )}
      <Link to="/doi-mat-khau" className={styles.item} onClick={onLeave}>
        <IconKey size={20} aria-hidden /> {t('account.password')}
      </Link>
      <LanguageItem />
      <ThemeItem />
      <button type="button" className={styles.item} disabled={leaving.isPending} onClick={() => leaving.mutate()}>
        <IconLogout size={20} aria-hidden /> {t('account.signOut')}
      </button>
    </>
  )
}

function LanguageItem() {
  const { t } = useTranslation()
  const other = useLanguage() === 'vi' ? 'en' : 'vi'
  return (
    <button type="button" className={styles.item} lang={other} onClick={() => void switchLanguage(other)}>
      <IconLanguage size={20} aria-hidden /> {t(other === 'en' ? 'account.english' : 'account.vietnamese')}
    </button>
  )
}

function ThemeItem() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light'
  const Glyph = other === 'dark' ? IconMoon : IconSun
  return (
    <button type="button" className={styles.item} onClick={() => setColorScheme(other)}>
      <Glyph size={20} aria-hidden /> {`${t('account.theme')}: ${t(`account.${other}`)}`}
    </button>
  )
}

/** A full load, so that nothing of this account stays in memory for the next person at this desk. */
function forgetEverything(): void {
  sessionStorage.clear()
  location.assign('/dang-nhap')
}
