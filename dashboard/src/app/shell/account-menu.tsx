import { Menu, Modal, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconBuildingBroadcastTower,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
  IconUserPlus,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { signOut } from '../../features/accounts/api/sign-out.ts'
import { InviteForm } from '../../features/accounts/components/invite-form.tsx'
import { switchLanguage, useLanguage, useTranslation } from '../../lib/i18n/index.ts'
import { meQuery, useCan } from '../../lib/session.ts'
import styles from './shell.module.css'

export function AccountMenu() {
  const { t } = useTranslation()
  const can = useCan()
  const me = useQuery(meQuery).data
  const [isInviting, inviting] = useDisclosure(false)
  // A full load, so that nothing of this account stays in memory.
  const leaving = useMutation({ mutationFn: signOut, onSettled: () => location.assign('/dang-nhap') })
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="md">
        <Menu.Target>
          <UnstyledButton className={styles.account} aria-label={t('account.menu', { name: me?.name ?? '' })}>
            <IconUserCircle size={28} stroke={1.6} aria-hidden />
            <span className={styles.accountText} aria-hidden>
              <span className={styles.accountName}>{me?.name}</span>
              <span className={styles.accountRole}>{me && t(`role.${me.role}`)}</span>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me?.name}</Menu.Label>
          <Menu.Item
            leftSection={<IconBuildingBroadcastTower size={20} aria-hidden />}
            renderRoot={(props) => <Link to="/dai" {...props} />}
          >
            {t('account.station')}
          </Menu.Item>
          {can('accounts.write') && (
            <Menu.Item leftSection={<IconUserPlus size={20} aria-hidden />} onClick={inviting.open}>
              {t('account.invite')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <LanguageItem />
          <ThemeItem />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={20} aria-hidden />} onClick={() => leaving.mutate()}>
            {t('account.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isInviting}
        onClose={inviting.close}
        title={t('invite.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <InviteForm />
      </Modal>
    </>
  )
}

function LanguageItem() {
  const { t } = useTranslation()
  const other = useLanguage() === 'vi' ? 'en' : 'vi'
  return (
    <Menu.Item
      closeMenuOnClick={false}
      lang={other}
      leftSection={<IconLanguage size={20} aria-hidden />}
      onClick={() => void switchLanguage(other)}
    >
      {t(other === 'en' ? 'account.english' : 'account.vietnamese')}
    </Menu.Item>
  )
}

function ThemeItem() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light'
  const Glyph = other === 'dark' ? IconMoon : IconSun
  return (
    <Menu.Item
      closeMenuOnClick={false}
      leftSection={<Glyph size={20} aria-hidden />}
      onClick={() => setColorScheme(other)}
    >
      {`${t('account.theme')}: ${t(`account.${other}`)}`}
    </Menu.Item>
  )
}
