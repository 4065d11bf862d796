import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { focusBringBack } from '../focus-session.ts'
import { useChangeDay } from '../use-change-day.ts'

interface DialogProps {
  readonly session: DaySession
  readonly opened: boolean
  readonly onClose: () => void
}

/** Leaves one day of a series out. */
export function SkipDialog({ session, opened, onClose }: DialogProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const change = useChangeDay()
  const [reason, setReason] = useState('')
  const { originalDate } = session
  const about = { name: session.programmeName, date: plainDate(originalDate) }
  const skipping = useMutation({
    mutationFn: () => {
      const said = reason.trim()
      const exception = { date: originalDate, kind: 'skip' as const, ...(said === '' ? {} : { reason: said }) }
      return change(session, exception, t('change.skipped', about))
    },
    onSuccess: () => {
      onClose()
      focusBringBack(session)
    },
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('change.skipTitle', about)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          skipping.mutate()
        }}
      >
        <Stack gap="lg">
          {skipping.isError && (
            <Notice kind="bad" title={t('change.refused')}>
              {textOf(skipping.error)}
            </Notice>
          )}
          <Text>{t('change.skipText')}</Text>
          <TextInput
            data-autofocus
            maxLength={200}
            label={`${t('change.reason')} (${t('common.optional')})`}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red" loading={skipping.isPending}>
              {t('change.skip')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
