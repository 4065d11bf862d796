import { Button, Group, Modal, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { EnrolCluster, type EnrolledCluster } from '#protocol/http/clusters.ts'
import { AreaPicker } from '../../../components/areas/area-picker.tsx'
import { CopyText } from '../../../components/ui/copy-text.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { enrolCluster } from '../api/enrol-cluster.ts'
import styles from './enrol-dialog.module.css'

/** Enrols a cluster and shows its identity once; only an explicit button closes that. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [enrolled, setEnrolled] = useState<EnrolledCluster | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={enrolled ? t('enrol.doneTitle', { name: enrolled.cluster.name }) : t('enrol.title')}
      withCloseButton={enrolled === null}
      closeOnEscape={enrolled === null}
      closeOnClickOutside={enrolled === null}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {enrolled ? <Identity enrolled={enrolled} onDone={onClose} /> : <EnrolForm onDone={setEnrolled} />}
    </Modal>
  )
}

const FIELDS = {
  name: 'name',
  areaCode: 'areaCode',
  technology: 'technology',
  latitude: 'latitude',
  longitude: 'longitude',
}
const TECHNOLOGIES = EnrolCluster.shape.technology.unwrap().options

interface Values {
  name: string
  areaCodes: string[]
  technology: (typeof TECHNOLOGIES)[number]
  latitude: number | string
  longitude: number | string
}

const coordinate = (value: number | string): number | null => (typeof value === 'number' ? value : null)

function EnrolForm({ onDone }: { onDone: (enrolled: EnrolledCluster) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useErrorText()
  const { shape } = EnrolCluster
  const element = useRef<HTMLFormElement>(null)
  const form = useForm<Values>({
    initialValues: { name: '', areaCodes: [], technology: 'ip', latitude: '', longitude: '' },
    validate: {
      name: (value) => (shape.name.safeParse(value).success ? null : t('enrol.needName')),
      areaCodes: ([code]) => (code ? null : t('enrol.needArea')),
      latitude: (value) => (shape.latitude.safeParse(coordinate(value)).success ? null : t('enrol.badLatitude')),
      longitude: (value) => (shape.longitude.safeParse(coordinate(value)).success ? null : t('enrol.badLongitude')),
    },
  })
  const enrolling = useMutation({
    mutationFn: ({ name, areaCodes: [areaCode = ''], technology, latitude, longitude }: Values) =>
      enrolCluster({
        name,
        areaCode,
        technology,
        latitude: coordinate(latitude),
        longitude: coordinate(longitude),
      }),
    onSuccess: (enrolled) => {
      void client.invalidateQueries({ queryKey: keys.clusters })
      onDone(enrolled)
    },
    onError: (error) => {
      const { areaCode, ...errors } = problemsOf(error, FIELDS).errors
      form.setErrors({ ...errors, ...(areaCode ? { areaCodes: areaCode } : {}) })
      focusFirstError(element.current)
    },
  })
  const { errors, rest } = problemsOf(enrolling.error, FIELDS)

  return (
    <form
      ref={element}
      noValidate
      onSubmit={form.onSubmit(
        (values) => enrolling.mutate(values),
        () => focusFirstError(element.current),
      )}
    >
      <Stack gap="md">
        {enrolling.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
          <Notice kind="bad" title={t('enrol.refused')}>
            {rest.join(' ') || textOf(enrolling.error)}
          </Notice>
        )}
        <TextInput
          label={t('enrol.name')}
          placeholder={t('enrol.namePlaceholder')}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <AreaPicker
          single
          communesOnly
          label={t('enrol.area')}
          value={form.values.areaCodes}
          onChange={(codes) => form.setFieldValue('areaCodes', codes)}
          error={form.errors.areaCodes ? String(form.errors.areaCodes) : undefined}
        />
        <NativeSelect
          label={t('enrol.technology')}
          data={TECHNOLOGIES.map((value) => ({ value, label: t(`technology.${value}`) }))}
          {...form.getInputProps('technology')}
        />
        <div className={styles.pair}>
          <NumberInput
            size="md"
            hideControls
            decimalScale={6}
            label={`${t('enrol.latitude')} (${t('common.optional')})`}
            {...form.getInputProps('latitude')}
          />
          <NumberInput
            size="md"
            hideControls
            decimalScale={6}
            label={`${t('enrol.longitude')} (${t('common.optional')})`}
            {...form.getInputProps('longitude')}
          />
        </div>
        <Button type="submit" size="lg" loading={enrolling.isPending}>
          {t('enrol.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function Identity({ enrolled, onDone }: { enrolled: EnrolledCluster; onDone: () => void }) {
  const { t } = useTranslation()
  const json = JSON.stringify(enrolled.identity, null, 2)
  return (
    <Stack gap="md">
      <Notice kind="warn">{t('enrol.warning')}</Notice>
      <Textarea
        label={t('enrol.identity')}
        readOnly
        rows={10}
        value={json}
        classNames={{ input: styles.json ?? '' }}
        onFocus={(event) => event.target.select()}
      />
      <Group>
        <Button
          leftSection={<IconDownload size={20} aria-hidden />}
          onClick={() => download(`${enrolled.identity.clusterId}.json`, json)}
        >
          {t('enrol.downloadIdentity')}
        </Button>
        <CopyText text={json} />
      </Group>
      <Button variant="default" onClick={onDone}>
        {t('enrol.kept')}
      </Button>
    </Stack>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
