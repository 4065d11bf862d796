import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { sessionChoicesQuery } from '../api/session-choices.ts'
import { PlaceForm } from './place-form.tsx'

interface PlaceProps {
  readonly areaCode: string
  readonly bulletinId: string
}

/** Opens the sessions of the coming days, to put a bulletin into some of them. */
export function PlaceButton({ label, isMain, ...key }: PlaceProps & { label: string; isMain: boolean }) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <Button
        data-action="place"
        variant={isMain ? 'filled' : 'default'}
        leftSection={<IconCalendarPlus size={20} aria-hidden />}
        onClick={dialog.open}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        size="lg"
        title={t('inboxPlace.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Sessions {...key} onClose={dialog.close} />
      </Modal>
    </>
  )
}

function Sessions({ areaCode, bulletinId, onClose }: PlaceProps & { onClose: () => void }) {
  const choices = useQuery(sessionChoicesQuery({ areaCode, bulletinId }))
  if (choices.isPending) return <RowsSkeleton rows={4} height={76} />
  if (choices.isError) return <LoadError error={choices.error} onRetry={() => choices.refetch()} />
  return <PlaceForm item={{ areaCode, bulletinId }} choices={choices.data.items} onDone={onClose} />
}
