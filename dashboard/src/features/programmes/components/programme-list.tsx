import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconCalendarRepeat, IconCircleMinus, IconPlayerStop } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Station } from '#protocol/http/areas.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { Empty } from '../../../components/ui/empty.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { LoadMore } from '../../../components/ui/load-more.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { Pill } from '../../../components/ui/pill.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { Card } from '../../../components/ui/section.tsx'
import { dateTime, shortDate, startOfDay } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useCan } from '../../../lib/session.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { endProgramme } from '../api/end-programme.ts'
import { programmesQuery } from '../api/list-programmes.ts'
import { rundownWords } from '../rundown-words.ts'
import styles from './programme-list.module.css'
import { useRepeatWords } from './use-repeat-words.ts'

interface ProgrammeListProps {
  /** The commune that was chosen among several; none: there is nothing to tell apart. */
  readonly station: Station | undefined
}

export function ProgrammeList({ station }: ProgrammeListProps) {
  const { t } = useTranslation()
  const programmes = useInfiniteQuery(programmesQuery(station?.areaCode))
  if (programmes.isPending) return <RowsSkeleton rows={5} height={92} />
  if (programmes.isError) return <LoadError error={programmes.error} onRetry={() => programmes.refetch()} />
  const items = programmes.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <Card>
        <Empty icon={IconCalendarRepeat} title={t('schedule.programmesEmpty')} text={t('schedule.emptyWeekText')} />
      </Card>
    )
  }
  return (
    <>
      <Card flush>
        <ul className={styles.list}>
          {items.map((programme) => (
            <Row key={programme.id} programme={programme} station={station} />
          ))}
        </ul>
      </Card>
      <LoadMore pages={programmes} />
    </>
  )
}

interface RowProps extends ProgrammeListProps {
  readonly programme: Programme
}

function Row({ programme, station }: RowProps) {
  const { t } = useTranslation()
  const can = useCan()
  const repeatWords = useRepeatWords()
  const isActive = programme.status === 'active'
  return (
    <li className={styles.row}>
      <div className={styles.main}>
        <Link to="/chuong-trinh/$programmeId" params={{ programmeId: programme.id }} className={styles.name}>
          {programme.name}
        </Link>
        <div className={styles.meta}>
          {repeatWords(programme.repeat)}
          {' · '}
          {t('schedule.starts', { date: shortDate(startOfDay(programme.startsOn)), time: programme.startTime })}
          {' · '}
          {t('schedule.createdBy', { name: programme.createdByName })}
        </div>
        <div className={styles.meta}>
          {t('schedule.rundownOf', {
            parts: rundownWords(programme.rundown)
              .map(({ kind, count }) => t(`schedule.rundown.${kind}`, { n: count }))
              .join(', '),
          })}
        </div>
        {isActive && programme.nextStartAt && (
          <div>{t('schedule.nextStart', { time: dateTime(programme.nextStartAt) })}</div>
        )}
        {programme.warnings.map((warning) => (
          <div key={warning} className={styles.warning}>
            <IconAlertTriangle size={18} aria-hidden /> {warning}
          </div>
        ))}
      </div>
      <Pill tone={isActive ? 'good' : 'calm'} icon={isActive ? IconCalendarRepeat : IconCircleMinus}>
        {t(isActive ? 'schedule.active' : 'schedule.ended')}
      </Pill>
      {isActive && can('programmes.write') && <EndButton programme={programme} station={station} />}
    </li>
  )
}

function EndButton({ programme, station }: RowProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const [isOpen, dialog] = useDisclosure(false)
  const ending = useMutation({
    mutationFn: () => endProgramme(programme.id),
    onSuccess: dialog.close,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.programmes }),
        client.invalidateQueries({ queryKey: keys.broadcasts }),
        client.invalidateQueries({ queryKey: keys.days }),
      ]),
  })
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={18} aria-hidden />} onClick={dialog.open}>
        {t('schedule.end')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('schedule.endTitle', { name: programme.name })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="lg">
          {ending.isError && <Notice kind="bad">{textOf(ending.error)}</Notice>}
          {station && <Text fw={600}>{station.name}</Text>}
          <Text>{t('schedule.endText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={dialog.close}>
              {t('common.cancel')}
            </Button>
            <Button color="red" loading={ending.isPending} onClick={() => ending.mutate()}>
              {t('schedule.end')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
