import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendarX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Notice } from '../../../components/ui/notice.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { cancelBroadcast } from '../api/cancel-broadcast.ts'

/** Withdraws a session before air; asks first, since twelve poles then stay silent. */
export function CancelButton({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const [isOpen, dialog] = useDisclosure(false)
  const cancelling = useMutation({
    mutationFn: () => cancelBroadcast(id),
    onSuccess: (next) => {
      client.setQueryData(keys.broadcast(id), next)
      notifyDone(t('broadcast.cancelled'))
      dialog.close()
    },
    onSettled: () =>
      Promise.all(
        [keys.broadcasts, keys.playedReports, keys.days, keys.inbox].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
  return (
    <>
      <Button variant="outline" color="red" leftSection={<IconCalendarX size={20} aria-hidden />} onClick={dialog.open}>
        {t('broadcast.cancel')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('broadcast.cancelTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="lg">
          {cancelling.isError && <Notice kind="bad">{textOf(cancelling.error)}</Notice>}
          <Text>{t('broadcast.cancelText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close} data-autofocus>
              {t('broadcast.keep')}
            </Button>
            <Button color="red" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
              {t('broadcast.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
