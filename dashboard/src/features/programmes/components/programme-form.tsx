import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import type { CalendarException } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { approvedBulletinsQuery } from '../../../components/programmes/approved-bulletins.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { Section } from '../../../components/ui/section.tsx'
import { useNow } from '../../../lib/clock.ts'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { alternativesOf, problemsOf } from '../../../lib/form-problems.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useCan } from '../../../lib/session.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { changedFields, type EditorValues, valuesOf } from '../editor-values.ts'
import { lengthOf, nextSessions, warningsOf } from '../editor-warnings.ts'
import { useEditorRules } from '../use-editor-rules.ts'
import { Alternatives } from './alternatives.tsx'
import styles from './programme-form.module.css'
import { RepeatFields } from './repeat-fields.tsx'
import { RundownFields } from './rundown-fields.tsx'
import { SessionsPreview } from './sessions-preview.tsx'
import { TargetFields } from './target-fields.tsx'

interface ProgrammeFormProps {
  readonly initial: EditorValues
  readonly stations: readonly Station[]
  /** Days that are different already: they stay, and show in what is foretold. */
  readonly exceptions: readonly CalendarException[]
  /** A programme keeps its station. */
  readonly isNew: boolean
  readonly readOnly: boolean
  /** What was saved; null: somebody has to decide first. Throws what the controller refuses. */
  readonly onSubmit: (values: EditorValues) => Promise<Programme | null>
  readonly onSaved?: (programme: Programme) => void
  readonly isSaving: boolean
  readonly error: unknown
  /** Beside the fields, under the sessions to come. */
  readonly aside?: ReactNode
}

/** Where the server's field names stand in this form. */
const FIELDS = {
  areaCode: 'areaCode',
  name: 'name',
  startsOn: 'startsOn',
  startTime: 'startTime',
  repeat: 'repeat',
  until: 'until',
  season: 'seasonFrom',
  maxMinutes: 'maxMinutes',
  targets: 'clusters',
  rundown: 'rundown',
}

/** The id of the form, for what stands beside it. */
export const PROGRAMME_FORM = 'programme-form'

/** All of a programme. What is typed stays until it is saved, whatever the controller says. */
export function ProgrammeForm(props: ProgrammeFormProps) {
  const { initial, stations, exceptions, isNew, readOnly, onSubmit, onSaved, isSaving, error, aside } = props
  const { t } = useTranslation()
  const textOf = useErrorText()
  const element = useRef<HTMLFormElement>(null)
  const form = useForm<EditorValues>({ initialValues: initial, validate: useEditorRules() })
  const isRefused = useRef(false)
  const { values } = form
  useBlocker({
    shouldBlockFn: () => form.isDirty() && !window.confirm(t('programme.leave')),
    enableBeforeUnload: () => form.isDirty(),
  })
  /** The form starts from what was saved; what was typed meanwhile is still to be saved. */
  const startFrom = (saved: EditorValues, sent: EditorValues): void => {
    const now = form.getValues()
    form.resetDirty(saved)
    form.setValues({ ...saved, ...Object.fromEntries(changedFields(sent, now).map((field) => [field, now[field]])) })
  }
  const submit = async (wanted: EditorValues): Promise<void> => {
    try {
      const saved = await onSubmit(wanted)
      if (!saved) return
      startFrom(valuesOf(saved), wanted)
      onSaved?.(saved)
    } catch (refusal) {
      isRefused.current = true
      form.setErrors(problemsOf(refusal, FIELDS).errors)
    }
  }
  const saveButton = useFocusAfter(isSaving)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the errors of a refusal are drawn
  useEffect(() => {
    if (isRefused.current) focusFirstError(element.current)
    isRefused.current = false
  }, [form.errors])
  const station = stations.find((each) => each.areaCode === values.areaCode)
  const now = useNow(60_000)
  const bulletins = useQuery({ ...approvedBulletinsQuery, enabled: useCan()('bulletins.read') }).data ?? []
  const lengthMs = lengthOf(values.rundown, (id) => bulletins.find((one) => one.id === id)?.rendition.audio?.ms ?? null)
  const sessions = station ? nextSessions(values, exceptions, { station, now, count: 5 }) : []
  const warnings = station ? warningsOf(values, sessions, { station, lengthMs }) : null
  const { rest, errors } = problemsOf(error, FIELDS)
  const isRepeated = values.repeat.kind !== 'once'
  return (
    <form
      id={PROGRAMME_FORM}
      ref={element}
      noValidate
      onSubmit={form.onSubmit(submit, () => focusFirstError(element.current))}
    >
      <div className={styles.layout}>
        <div>
          {error !== null && (rest.length > 0 || Object.keys(errors).length === 0) && (
            <Section plain title={t('programme.refused')}>
              <Notice kind="bad">{rest.join(' ') || textOf(error)}</Notice>
            </Section>
          )}
          <Section title={t('programme.basics')}>
            <div className={styles.fields}>
              <TextInput label={t('programme.name')} readOnly={readOnly} {...form.getInputProps('name')} />
              {stations.length > 1 && isNew && (
                <NativeSelect
                  label={t('programme.station')}
                  data={stations.map((each) => ({ value: each.areaCode, label: `${each.name} (${each.areaName})` }))}
                  {...form.getInputProps('areaCode')}
                  onChange={(event) =>
                    form.setValues({ areaCode: event.currentTarget.value, isWhole: true, clusters: [] })
                  }
                />
              )}
              <div className={styles.pair}>
                <TextInput
                  type="date"
                  label={t('programme.startsOn')}
                  readOnly={readOnly}
                  {...form.getInputProps('startsOn')}
                />
                <TextInput
                  type="time"
                  label={t('programme.startTime')}
                  readOnly={readOnly}
                  {...form.getInputProps('startTime')}
                />
              </div>
              <Alternatives
                times={alternativesOf(error, 'startTime')}
                onChoose={(time) => form.setFieldValue('startTime', time)}
              />
              {warnings?.startsOn && <Warning>{t('programme.warnNever')}</Warning>}
              {warnings?.startTime && station && <Warning>{t('programme.warnQuiet', station.quietHours)}</Warning>}
              <NumberInput
                size="md"
                hideControls
                label={t('programme.minutes')}
                description={t('programme.minutesHint')}
                readOnly={readOnly}
                {...form.getInputProps('maxMinutes')}
              />
              {warnings?.maxMinutes && (
                <Warning>{t('programme.warnTooLong', { length: audioLength(lengthMs) })}</Warning>
              )}
            </div>
          </Section>
          <Section title={t('programme.when')}>
            <div className={styles.fields}>
              <RepeatFields
                value={values.repeat}
                error={form.errors.repeat}
                readOnly={readOnly}
                onChange={(repeat) => form.setFieldValue('repeat', repeat)}
              />
              {isRepeated && (
                <>
                  <div className={styles.pair}>
                    <TextInput
                      type="date"
                      label={`${t('programme.until')} (${t('common.optional')})`}
                      min={values.startsOn}
                      readOnly={readOnly}
                      {...form.getInputProps('until')}
                    />
                    <NativeSelect
                      label={t('programme.holidays')}
                      disabled={readOnly}
                      data={HOLIDAYS.map((value) => ({ value, label: t(`programme.holiday.${value}`) }))}
                      {...form.getInputProps('holidays')}
                    />
                  </div>
                  <Checkbox
                    size="md"
                    label={t('programme.seasonal')}
                    classNames={{ body: styles.check }}
                    disabled={readOnly}
                    {...form.getInputProps('isSeasonal', { type: 'checkbox' })}
                  />
                  {values.isSeasonal && (
                    <div className={styles.pair}>
                      <TextInput
                        label={t('programme.seasonFrom')}
                        placeholder={t('programme.seasonHint')}
                        readOnly={readOnly}
                        {...form.getInputProps('seasonFrom')}
                      />
                      <TextInput
                        label={t('programme.seasonTo')}
                        placeholder={t('programme.seasonHint')}
                        readOnly={readOnly}
                        {...form.getInputProps('seasonTo')}
                      />
                    </div>
                  )}
                </>
              )}
            </div>
          </Section>
          <Section title={t('programme.rundown')}>
            <RundownFields
              areaCode={values.areaCode}
              value={values.rundown}
              error={form.errors.rundown}
              readOnly={readOnly}
              onChange={(rundown) => form.setFieldValue('rundown', rundown)}
            />
          </Section>
          <Section title={t('programme.targets')}>
            <TargetFields
              areaCode={values.areaCode}
              isWhole={values.isWhole}
              clusters={values.clusters}
              error={form.errors.clusters}
              readOnly={readOnly}
              onChange={(isWhole, clusters) => form.setValues({ isWhole, clusters })}
            />
          </Section>
          {!readOnly && (
            <Button ref={saveButton} type="submit" size="lg" className={styles.submit} loading={isSaving}>
              {t('common.save')}
            </Button>
          )}
        </div>
        <div className={styles.side}>
          <SessionsPreview sessions={sessions} />
          {aside}
        </div>
      </div>
    </form>
  )
}

/** A button that waits loses the focus: it has it back afterwards, unless that has gone to something else. */
function useFocusAfter(isSaving: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const wasSaving = useRef(false)
  useEffect(() => {
    if (wasSaving.current && !isSaving && document.activeElement === document.body) button.current?.focus()
    wasSaving.current = isSaving
  }, [isSaving])
  return button
}

const HOLIDAYS = ['as-usual', 'skip', 'only'] as const

/** What the controller will say of a field, before it is asked. */
const Warning = ({ children }: { children: ReactNode }) => <p className={styles.warning}>{children}</p>
