import { Button, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Invitation, ROLES, Role } from '#protocol/http/accounts.ts'
import { AreaPicker } from '../../../components/areas/area-picker.tsx'
import { CopyText } from '../../../components/ui/copy-text.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { createInvitation } from '../api/create-invitation.ts'

/** Makes a one-time link for somebody; nobody ever sets another person's password. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <InviteForm />
    </Modal>
  )
}

function InviteForm() {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const [role, setRole] = useState<Role>('officer')
  const [areaCodes, setAreaCodes] = useState<string[]>([])
  const inviting = useMutation({ mutationFn: createInvitation })
  if (inviting.data) return <Ready invitation={inviting.data} />

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        inviting.mutate({ role, areaCodes })
      }}
    >
      <Stack gap="md">
        {inviting.isError && <Notice kind="bad">{textOf(inviting.error)}</Notice>}
        <NativeSelect
          label={t('invite.role')}
          value={role}
          onChange={(event) => setRole(Role.parse(event.currentTarget.value))}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        <AreaPicker label={t('invite.areas')} value={areaCodes} onChange={setAreaCodes} />
        <Button type="submit" loading={inviting.isPending}>
          {t('invite.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function Ready({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <Notice kind="info" title={t('invite.ready')}>
        {t('invite.readyText', { until: dateTime(invitation.expiresAt) })}
      </Notice>
      <TextInput label={t('invite.url')} value={invitation.url} readOnly onFocus={(event) => event.target.select()} />
      <CopyText text={invitation.url} />
    </Stack>
  )
}
