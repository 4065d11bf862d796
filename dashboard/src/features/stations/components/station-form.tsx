import { Button, Fieldset, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type PutStation, SOUND_PROFILES, type SoundProfile, type Station, StationMusic } from '#protocol/http/areas.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { putStation } from '../api/put-station.ts'
import { EngineFields } from './engine-fields.tsx'
import { MusicFields } from './music-fields.tsx'
import styles from './station-form.module.css'

interface Values {
  name: string
  day: number | string
  night: number | string
  voice: string
  engines: readonly string[]
  soundProfile: SoundProfile
  opening: string
  closing: string
  /** Empty for none. */
  bed: string
}
const FIELDS = {
  name: 'name',
  'volume.day': 'day',
  'volume.night': 'night',
  volume: 'day',
  voice: 'voice',
  engines: 'engines',
  soundProfile: 'soundProfile',
  'music.opening': 'opening',
  'music.closing': 'closing',
  'music.bed': 'bed',
}
/** By region; an engine that knows none speaks all alike. */
const VOICES = ['vi-north', 'vi-central', 'vi-south'] as const

/** Settings that every cluster of the commune receives, signed, with its plan. */
export function StationForm({ station, readOnly }: { station: Station; readOnly: boolean }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const badVolume = (value: number | string) =>
    typeof value === 'number' && value >= 0 && value <= 100 ? null : t('station.badVolume')
  const element = useRef<HTMLFormElement>(null)
  const form = useForm<Values>({
    initialValues: {
      name: station.name,
      ...station.volume,
      voice: station.voice,
      engines: station.engines,
      soundProfile: station.soundProfile,
      opening: station.music.opening,
      closing: station.music.closing,
      bed: station.music.bed ?? '',
    },
    validate: {
      name: (value) => (value.trim() === '' ? t('station.needName') : null),
      day: badVolume,
      night: badVolume,
    },
  })
  const saving = useMutation({
    mutationFn: (values: Values) => putStation(station.areaCode, inputOf(values, station)),
    onSuccess: () => notifyDone(t('station.saved')),
    onError: (error) => {
      form.setErrors(problemsOf(error, FIELDS).errors)
      focusFirstError(element.current)
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.stations }),
  })
  const { rest, errors } = problemsOf(saving.error, FIELDS)

  return (
    <form
      ref={element}
      noValidate
      onSubmit={form.onSubmit(
        (values) => saving.mutate(values),
        () => focusFirstError(element.current),
      )}
    >
      <Stack gap="lg">
        {readOnly && <Notice kind="info">{t('station.readOnly')}</Notice>}
        {saving.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
          <Notice kind="bad" title={t('station.refused')}>
            {rest.join(' ') || textOf(saving.error)}
          </Notice>
        )}
        <TextInput label={t('station.name')} readOnly={readOnly} {...form.getInputProps('name')} />
        <Fieldset legend={t('station.volume')}>
          <div className={styles.pair}>
            <NumberInput
              size="md"
              hideControls
              label={t('station.volumeDay')}
              readOnly={readOnly}
              {...form.getInputProps('day')}
            />
            <NumberInput
              size="md"
              hideControls
              label={t('station.volumeNight')}
              readOnly={readOnly}
              {...form.getInputProps('night')}
            />
          </div>
        </Fieldset>
        <NativeSelect
          label={t('station.voice')}
          description={t('station.voiceHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={readOnly}
          data={VOICES.map((value) => ({ value, label: t(`station.voices.${value}`) }))}
          {...form.getInputProps('voice')}
        />
        <EngineFields
          readOnly={readOnly}
          value={form.values.engines}
          error={form.errors.engines}
          onChange={(engines) => form.setFieldValue('engines', engines)}
        />
        <NativeSelect
          label={t('station.soundProfile')}
          description={t(`station.soundProfiles.${form.values.soundProfile}Hint`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={readOnly}
          data={SOUND_PROFILES.map((value) => ({ value, label: t(`station.soundProfiles.${value}`) }))}
          {...form.getInputProps('soundProfile')}
        />
        <MusicFields
          areaCode={station.areaCode}
          readOnly={readOnly}
          values={form.values}
          inputOf={(field) => form.getInputProps(field)}
        />
        {!readOnly && (
          <Button type="submit" size="lg" className={styles.submit} loading={saving.isPending}>
            {t('common.save')}
          </Button>
        )}
      </Stack>
    </form>
  )
}

const inputOf = (values: Values, station: Station): PutStation => ({
  name: values.name.trim(),
  timeZone: station.timeZone,
  volume: { day: Number(values.day), night: Number(values.night) },
  voice: values.voice,
  engines: values.engines,
  soundProfile: values.soundProfile,
  music: StationMusic.parse({ opening: values.opening, closing: values.closing, bed: values.bed || null }),
})
