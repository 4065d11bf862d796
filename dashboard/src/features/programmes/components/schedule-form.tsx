import { Button, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Station } from '#protocol/http/areas.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { serverNow } from '../../../lib/clock.ts'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { alternativesOf, problemsOf } from '../../../lib/form-problems.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { createProgramme } from '../api/create-programme.ts'
import { REPEATS } from '../repeat.ts'
import { airMs, programmeOf, type Scheduled, type ScheduleValues } from '../schedule-plan.ts'
import { defaultStart } from '../suggest-starts.ts'
import { Alternatives } from './alternatives.tsx'
import styles from './schedule-form.module.css'
import { SchedulePreview } from './schedule-preview.tsx'
import { Suggestions } from './suggestions.tsx'

interface ScheduleFormProps {
  readonly bulletin: Scheduled
  /** At least one; the first is the one to start with. */
  readonly stations: readonly [Station, ...Station[]]
  readonly onDone: (programme: Programme) => void
}

/** Where the server's field names stand in this form. */
const FIELDS = {
  areaCode: 'areaCode',
  targets: 'areaCode',
  startsOn: 'date',
  startTime: 'time',
  repeat: 'repeat',
  until: 'until',
  'rundown.0.excerptMs': 'excerptSeconds',
}
const MAX_EXCERPT_SECONDS = 10_800

/** Places an approved bulletin on air. */
export function ScheduleForm({ bulletin, stations, onDone }: ScheduleFormProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const element = useRef<HTMLFormElement>(null)
  const form = useForm<ScheduleValues>({
    initialValues: initialValues(bulletin, stations[0]),
    validate: {
      areaCode: (value) => (value === '' ? t('scheduleForm.needStation') : null),
      date: (value) => (value === '' ? t('scheduleForm.needDate') : null),
      time: (value) => (value === '' ? t('scheduleForm.needTime') : null),
      excerptSeconds: (value) =>
        value === '' || (typeof value === 'number' && value >= 1 && value <= MAX_EXCERPT_SECONDS)
          ? null
          : t('scheduleForm.badExcerpt'),
    },
  })
  const station = stations.find((each) => each.areaCode === form.values.areaCode) ?? stations[0]
  const creating = useMutation({
    mutationFn: (values: ScheduleValues) => createProgramme(programmeOf(values, bulletin)),
    onSuccess: (programme) => {
      void client.invalidateQueries({ queryKey: keys.programmes })
      void client.invalidateQueries({ queryKey: keys.broadcasts })
      void client.invalidateQueries({ queryKey: keys.days })
      onDone(programme)
    },
    onError: (error) => {
      form.setErrors(problemsOf(error, FIELDS).errors)
      focusFirstError(element.current)
    },
  })
  const { errors, rest } = problemsOf(creating.error, FIELDS)
  const { quietHours } = station
  const lengthMs = airMs(bulletin, form.values.excerptSeconds)

  return (
    <form
      ref={element}
      noValidate
      onSubmit={form.onSubmit(
        (values) => creating.mutate(values),
        () => focusFirstError(element.current),
      )}
    >
      <Stack gap="lg">
        {creating.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
          <Notice kind="bad" title={t('scheduleForm.refused')}>
            {rest.join(' ') || textOf(creating.error)}
          </Notice>
        )}
        <NativeSelect
          label={t('scheduleForm.station')}
          description={t('scheduleForm.stationHint')}
          data={stations.map((each) => ({ value: each.areaCode, label: `${each.name} (${each.areaName})` }))}
          {...form.getInputProps('areaCode')}
        />
        <div className={styles.pair}>
          <TextInput type="date" label={t('scheduleForm.date')} {...form.getInputProps('date')} />
          <TextInput type="time" step={1} label={t('scheduleForm.time')} {...form.getInputProps('time')} />
        </div>
        <div className={styles.under}>
          <p className={styles.hint}>{t('scheduleForm.timeHint', quietHours)}</p>
          <Alternatives
            times={alternativesOf(creating.error, 'startTime')}
            onChoose={(time) => form.setFieldValue('time', time)}
          />
          <Suggestions
            station={station}
            lengthMs={lengthMs}
            onChoose={(at) => form.setValues(dateAndTime(at, station.timeZone))}
          />
        </div>
        <div className={styles.pair}>
          <NativeSelect
            label={t('scheduleForm.repeat')}
            data={REPEATS.map((value) => ({ value, label: t(`scheduleForm.${value}`) }))}
            {...form.getInputProps('repeat')}
          />
          {form.values.repeat !== 'once' && (
            <TextInput
              type="date"
              label={`${t('scheduleForm.until')} (${t('common.optional')})`}
              min={form.values.date}
              {...form.getInputProps('until')}
            />
          )}
        </div>
        <NumberInput
          size="md"
          min={1}
          max={MAX_EXCERPT_SECONDS}
          clampBehavior="none"
          hideControls
          label={`${t('scheduleForm.excerpt')} (${t('common.optional')})`}
          description={
            bulletin.ms === null
              ? t('scheduleForm.excerptHintUnknown')
              : t('scheduleForm.excerptHint', { length: audioLength(bulletin.ms) })
          }
          {...form.getInputProps('excerptSeconds')}
        />
        <SchedulePreview values={form.values} lengthMs={lengthMs} expiresOn={bulletin.expiresOn} station={station} />
        <Button type="submit" size="lg" className={styles.submit} loading={creating.isPending}>
          {t('scheduleForm.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function initialValues(bulletin: Scheduled, station: Station): ScheduleValues {
  const start = defaultStart(serverNow(), bulletin.ms ?? 0, station)
  const when = start === null ? { date: '', time: '' } : dateAndTime(start, station.timeZone)
  return { areaCode: station.areaCode, ...when, repeat: 'once', until: '', excerptSeconds: '' }
}

function dateAndTime(at: number, timeZone: string): { date: string; time: string } {
  const { date, time } = civilTime(at, timeZone)
  return { date, time: time.replace(/:00$/, '') }
}
