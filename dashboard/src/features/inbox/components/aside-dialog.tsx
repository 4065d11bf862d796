import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconClockPause, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { InboxItem } from '#protocol/http/inbox.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { serverNow } from '../../../lib/clock.ts'
import { addDays, localDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { declineItem, postponeItem } from '../api/decide.ts'
import { useDecision } from '../use-decision.ts'

interface AsideProps {
  readonly item: InboxItem
  readonly kind: 'postpone' | 'decline'
}

/** Puts an ordinary bulletin off, or declines it; either way with a reason. */
export function AsideButton({ item, kind }: AsideProps) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  const Glyph = kind === 'postpone' ? IconClockPause : IconX
  return (
    <>
      <Button data-action={kind} variant="default" leftSection={<Glyph size={20} aria-hidden />} onClick={dialog.open}>
        {t(`inbox.${kind}`)}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t(`inboxAside.${kind}Title`)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <AsideForm item={item} kind={kind} onClose={dialog.close} />
      </Modal>
    </>
  )
}

function AsideForm({ item, kind, onClose }: AsideProps & { onClose: () => void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const tomorrow = addDays(localDate(serverNow()), 1)
  const [until, setUntil] = useState(kind === 'postpone' ? addDays(tomorrow, 6) : '')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const isMissing = reason.trim() === '' || (kind === 'postpone' && until === '')
  const deciding = useDecision(
    () =>
      kind === 'postpone'
        ? postponeItem(item, { until, reason: reason.trim() })
        : declineItem(item, { reason: reason.trim() }),
    t(kind === 'postpone' ? 'inboxAside.postponed' : 'inboxAside.declined'),
    onClose,
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!isMissing) deciding.mutate(undefined)
      }}
    >
      <Stack gap="md">
        <strong>{item.title}</strong>
        {deciding.isError && <Notice kind="bad">{textOf(deciding.error)}</Notice>}
        {kind === 'postpone' && (
          <TextInput
            type="date"
            label={t('inboxAside.until')}
            description={t('inboxAside.untilHint')}
            min={tomorrow}
            {...(item.expiresOn ? { max: item.expiresOn } : {})}
            value={until}
            error={isTried && until === '' && t('inboxAside.needUntil')}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={t('inboxAside.reason')}
          description={t('inboxAside.reasonHint')}
          rows={3}
          maxLength={1000}
          data-autofocus
          value={reason}
          error={isTried && reason.trim() === '' && t('inboxAside.needReason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={deciding.isPending}>
            {t(`inbox.${kind}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
