import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { clock, shortDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Placing } from '../use-placing.ts'

/** What a full session gives up for a bulletin, read before it does. */
export function InsistDialog({ placing }: { placing: Placing }) {
  const { t } = useTranslation()
  const { costly, desist, insist, isPending } = placing
  const session = costly ? `${clock(costly.startAt)} ${shortDate(costly.startAt)} · ${costly.programmeName}` : ''
  const titles = costly?.drops.map(({ title }) => `“${title}”`).join(', ') ?? ''
  return (
    <Modal
      opened={costly !== null}
      onClose={desist}
      title={t('inboxPlace.dropsTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="lg">
        <Text>{t('inboxPlace.dropsText', { session, titles })}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={desist}>
            {t('common.cancel')}
          </Button>
          <Button loading={isPending} onClick={insist}>
            {t('inboxPlace.insist')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
