import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { approvedBulletinsQuery } from '../../../components/programmes/approved-bulletins.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { audioLength } from '../../../lib/format/number.ts'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { useChangeDay } from '../use-change-day.ts'

interface DialogProps {
  readonly session: DaySession
  readonly opened: boolean
  readonly onClose: () => void
}

/** Airs one other bulletin in place of what the programme has, on one day. */
export function ReplaceDialog({ session, opened, onClose }: DialogProps) {
  const { t } = useTranslation()
  const about = { name: session.programmeName, date: plainDate(session.originalDate) }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('change.replaceTitle', about)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="lg">
        <Text>{t('change.replaceText', about)}</Text>
        <ReplaceForm session={session} onClose={onClose} />
      </Stack>
    </Modal>
  )
}

function ReplaceForm({ session, onClose }: Pick<DialogProps, 'session' | 'onClose'>) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const change = useChangeDay()
  const bulletins = useQuery(approvedBulletinsQuery)
  const [replacement, setReplacement] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { originalDate } = session
  const about = { name: session.programmeName, date: plainDate(originalDate) }
  const replacing = useMutation({
    mutationFn: () =>
      change(session, { date: originalDate, kind: 'replace', replacement }, t('change.replaced', about)),
    onSuccess: onClose,
  })
  if (bulletins.isPending) return <RowsSkeleton rows={1} height={90} />
  if (bulletins.isError) return <LoadError error={bulletins.error} onRetry={() => bulletins.refetch()} />
  if (bulletins.data.length === 0) return <Notice kind="info">{t('change.noBulletins')}</Notice>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (replacement !== '') replacing.mutate()
      }}
    >
      <Stack gap="lg">
        {replacing.isError && (
          <Notice kind="bad" title={t('change.refused')}>
            {textOf(replacing.error)}
          </Notice>
        )}
        <NativeSelect
          data-autofocus
          label={t('change.bulletin')}
          value={replacement}
          error={isAsked && replacement === '' ? t('change.needBulletin') : null}
          onChange={(event) => setReplacement(event.currentTarget.value)}
          data={[
            { value: '', label: t('change.chooseBulletin') },
            ...bulletins.data.map(({ id, title, rendition: { audio } }) => ({
              value: id,
              label: audio ? `${title} (${audioLength(audio.ms)})` : title,
            })),
          ]}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={replacing.isPending}>
            {t('change.replace')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
