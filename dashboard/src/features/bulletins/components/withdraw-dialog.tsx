import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { usesQuery } from '../api/get-uses.ts'
import { withdrawBulletin } from '../api/withdraw-bulletin.ts'
import { numberOf } from '../version-state.ts'
import { UsesSummary } from './uses-summary.tsx'

/** Takes a bulletin off the air; shows first who will miss it. */
export function WithdrawButton({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <Button variant="outline" color="red" leftSection={<IconBan size={20} aria-hidden />} onClick={dialog.open}>
        {t('withdraw.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('withdraw.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <WithdrawForm bulletin={bulletin} onClose={dialog.close} />
      </Modal>
    </>
  )
}

function WithdrawForm({ bulletin, onClose }: { bulletin: Bulletin; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const uses = useQuery(usesQuery(bulletin.id))
  const versionId = bulletin.approvedVersionId ?? undefined
  const withdrawing = useMutation({
    mutationFn: () => withdrawBulletin(bulletin.id, { reason: reason.trim(), versionId }),
    onSuccess: (next) => {
      client.setQueryData(keys.bulletin(bulletin.id), next)
      notifyDone(t('withdraw.done'))
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.bulletins }),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(reason.trim() === '')
        if (reason.trim() !== '') withdrawing.mutate()
      }}
    >
      <Stack gap="md">
        {withdrawing.isError && <Notice kind="bad">{textOf(withdrawing.error)}</Notice>}
        <Text>{t('withdraw.what', { n: numberOf(bulletin, versionId ?? bulletin.versionId) })}</Text>
        {/* A wrong law is withdrawn even when nobody can count who will miss it. */}
        {uses.isPending ? (
          <RowsSkeleton rows={3} height={56} />
        ) : uses.isError ? (
          <LoadError error={uses.error} onRetry={() => uses.refetch()} />
        ) : (
          <UsesSummary uses={uses.data} />
        )}
        <Textarea
          label={t('withdraw.reason')}
          description={t('withdraw.reasonHint')}
          rows={3}
          maxLength={1000}
          data-autofocus
          value={reason}
          error={isMissing && t('withdraw.needReason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('withdraw.keep')}
          </Button>
          <Button type="submit" color="red" loading={withdrawing.isPending}>
            {t('withdraw.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
