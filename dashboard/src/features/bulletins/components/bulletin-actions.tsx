import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconCalendarPlus, IconCheck, IconPencil, IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useCan } from '../../../lib/session.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { approveBulletin } from '../api/approve-bulletin.ts'
import { returnBulletin } from '../api/return-bulletin.ts'
import { submitBulletin } from '../api/submit-bulletin.ts'
import { DeleteButton } from './delete-dialog.tsx'
import { WithdrawButton } from './withdraw-dialog.tsx'

/** What this account may do with the bulletin as it stands now. */
export function BulletinActions({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const can = useCan()
  const params = { bulletinId: bulletin.id }
  const heard = { versionId: bulletin.versionId, sha256: bulletin.rendition.audio?.sha256 ?? null }
  const isDraft = bulletin.status === 'draft' || bulletin.status === 'returned'
  return (
    <>
      {isDraft && can('bulletins.write') && (
        <Step
          run={() => submitBulletin(bulletin.id)}
          label={t('bulletinAction.submit')}
          icon={IconSend}
          done={t('bulletinAction.submitted')}
        />
      )}
      {bulletin.status === 'pending' && can('bulletins.approve') && (
        <>
          <Step
            run={() => approveBulletin(bulletin.id, heard)}
            label={t('bulletinAction.approve')}
            icon={IconCheck}
            done={t('bulletinAction.approved')}
          />
          <ReturnButton id={bulletin.id} />
        </>
      )}
      {bulletin.status === 'approved' && can('programmes.write') && (
        <Button
          leftSection={<IconCalendarPlus size={20} aria-hidden />}
          renderRoot={(props) => <Link to="/ban-tin/$bulletinId/len-lich" params={params} {...props} />}
        >
          {t('bulletinAction.schedule')}
        </Button>
      )}
      {can('bulletins.write') && (
        <Button
          variant="default"
          leftSection={<IconPencil size={20} aria-hidden />}
          renderRoot={(props) => <Link to="/ban-tin/$bulletinId/sua" params={params} {...props} />}
        >
          {t('bulletinAction.edit')}
        </Button>
      )}
      {bulletin.may.delete && <DeleteButton id={bulletin.id} />}
      {bulletin.may.withdraw && <WithdrawButton bulletin={bulletin} />}
    </>
  )
}

interface StepProps {
  readonly run: () => Promise<Bulletin>
  readonly label: string
  readonly done: string
  readonly icon: typeof IconSend
}

function Step({ run, label, done, icon: Glyph }: StepProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const step = useMutation({
    mutationFn: run,
    onSuccess: (next) => {
      client.setQueryData(keys.bulletin(next.id), next)
      notifyDone(done)
    },
    onError: (error) => notifyFailed(t('bulletinAction.failed'), textOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.bulletins }),
  })
  return (
    <Button leftSection={<Glyph size={20} aria-hidden />} loading={step.isPending} onClick={() => step.mutate()}>
      {label}
    </Button>
  )
}

function ReturnButton({ id }: { id: string }) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={20} aria-hidden />} onClick={dialog.open}>
        {t('bulletinAction.return')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('bulletinAction.returnTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <ReturnForm id={id} onDone={dialog.close} />
      </Modal>
    </>
  )
}

function ReturnForm({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const returning = useMutation({
    mutationFn: () => returnBulletin(id, { reason: reason.trim() }),
    onSuccess: (next) => {
      client.setQueryData(keys.bulletin(id), next)
      void client.invalidateQueries({ queryKey: keys.bulletinLists })
      notifyDone(t('bulletinAction.returned'))
      onDone()
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(reason.trim() === '')
        if (reason.trim() !== '') returning.mutate()
      }}
    >
      <Stack gap="md">
        {returning.isError && <Notice kind="bad">{textOf(returning.error)}</Notice>}
        <Textarea
          label={t('bulletinAction.returnReason')}
          description={t('bulletinAction.returnHint')}
          rows={4}
          maxLength={1000}
          data-autofocus
          value={reason}
          error={missing && t('bulletinAction.returnNeeded')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={returning.isPending}>
          {t('bulletinAction.return')}
        </Button>
      </Stack>
    </form>
  )
}
