import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Notice } from '../../../components/ui/notice.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { deleteBulletin } from '../api/delete-bulletin.ts'

/** Throws a draft away that was never on air; asks first. */
export function DeleteButton({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const textOf = useErrorText()
  const [isOpen, dialog] = useDisclosure(false)
  const deleting = useMutation({
    mutationFn: () => deleteBulletin(id),
    onSuccess: async () => {
      // Away from here first: this page has nothing to show any more.
      await navigate({ to: '/ban-tin' })
      client.removeQueries({ queryKey: keys.bulletin(id) })
      void client.invalidateQueries({ queryKey: keys.bulletinLists })
      notifyDone(t('deletion.done'))
    },
  })
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={20} aria-hidden />} onClick={dialog.open}>
        {t('deletion.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('deletion.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="lg">
          {deleting.isError && <Notice kind="bad">{textOf(deleting.error)}</Notice>}
          <Text>{t('deletion.text')}</Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={dialog.close}>
              {t('deletion.keep')}
            </Button>
            <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
              {t('deletion.submit')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
