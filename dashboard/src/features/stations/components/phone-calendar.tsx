import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconCalendarPlus, IconFileDownload, IconLinkOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CopyText } from '../../../components/ui/copy-text.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { calendarLinkQuery, makeCalendarLink, removeCalendarLink } from '../api/calendar-link.ts'

interface Props {
  readonly areaCode: string
  readonly mayWrite: boolean
}

/** A link by which the calendar of a phone shows the station's sessions; and the schedule as a file. */
export function PhoneCalendar({ areaCode, mayWrite }: Props) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const link = useQuery(calendarLinkQuery(areaCode))
  const onSettled = () => client.invalidateQueries({ queryKey: keys.calendarLink(areaCode) })
  const making = useMutation({ mutationFn: () => makeCalendarLink(areaCode), onSettled })
  const removing = useMutation({
    mutationFn: () => removeCalendarLink(areaCode),
    onSuccess: () => {
      making.reset()
      notifyDone(t('phoneCalendar.removed'))
    },
    onSettled,
  })
  if (link.isPending) return <RowsSkeleton rows={1} height={90} />
  if (link.isError) return <LoadError error={link.error} onRetry={() => link.refetch()} />
  const failure = making.error ?? removing.error
  const make = (): void => {
    if (link.data === null || window.confirm(t('phoneCalendar.replaceQuestion'))) making.mutate()
  }
  const remove = (): void => {
    if (window.confirm(t('phoneCalendar.removeQuestion'))) removing.mutate()
  }
  return (
    <Stack gap="md">
      <Text>{t('phoneCalendar.text')}</Text>
      {failure && <Notice kind="bad">{textOf(failure)}</Notice>}
      {making.data && (
        <Stack gap="md" role="status">
          <Notice kind="info" title={t('phoneCalendar.made')}>
            {t('phoneCalendar.madeText')}
          </Notice>
          <TextInput
            label={t('phoneCalendar.url')}
            value={making.data.url}
            readOnly
            onFocus={(event) => event.target.select()}
          />
          <CopyText text={making.data.url} />
        </Stack>
      )}
      {link.data && !making.data && (
        <Text c="dimmed">
          {t('phoneCalendar.inUse', { name: link.data.createdByName, since: dateTime(link.data.createdAt) })}
        </Text>
      )}
      <Group>
        {mayWrite && (
          <Button
            variant="default"
            leftSection={<IconCalendarPlus size={20} aria-hidden />}
            loading={making.isPending}
            onClick={make}
          >
            {t(link.data ? 'phoneCalendar.replace' : 'phoneCalendar.make')}
          </Button>
        )}
        {mayWrite && link.data && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconLinkOff size={20} aria-hidden />}
            loading={removing.isPending}
            onClick={remove}
          >
            {t('phoneCalendar.remove')}
          </Button>
        )}
        <Button
          component="a"
          variant="default"
          href={`/api/stations/${areaCode}/programmes.yaml`}
          download
          leftSection={<IconFileDownload size={20} aria-hidden />}
        >
          {t('phoneCalendar.file')}
        </Button>
      </Group>
    </Stack>
  )
}
