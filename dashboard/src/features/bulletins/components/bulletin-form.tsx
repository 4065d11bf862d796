import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useId, useRef, useState } from 'react'
import {
  BULLETIN_CLASSES,
  type BulletinClass,
  type CreateBulletin,
  MAX_SCRIPT_CHARS,
} from '#protocol/http/bulletins.ts'
import { AreaPicker } from '../../../components/areas/area-picker.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { problemsOf } from '../../../lib/form-problems.ts'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import styles from './bulletin-form.module.css'
import { type CostSlot, type ReadingSlot, ScriptField } from './script-field.tsx'
import { ValidityFields } from './validity-fields.tsx'

interface BulletinFormProps {
  readonly initial: CreateBulletin
  readonly submitLabel: string
  readonly send: (input: CreateBulletin) => Promise<unknown>
  /** Hears each change, e.g. to keep a draft. */
  readonly onType?: (values: CreateBulletin) => void
  /** What stands beside the script. */
  readonly reading: ReadingSlot
  /** What reading it would cost. */
  readonly cost: CostSlot
}

const FIELDS = {
  title: 'title',
  class: 'class',
  script: 'script',
  targets: 'targets',
  omit: 'omit',
  effectiveOn: 'effectiveOn',
  expiresOn: 'expiresOn',
  cites: 'cites',
}

/** Writes or edits a bulletin. A refusal is shown under its field and nothing that was typed is lost. */
export function BulletinForm({ initial, submitLabel, send, onType, reading, cost }: BulletinFormProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const textOf = useErrorText()
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<CreateBulletin>({
    initialValues: initial,
    onValuesChange: (values) => onType?.(values),
    validate: {
      title: (title) =>
        title.trim() === ''
          ? t('bulletinForm.needTitle')
          : title.trim().length > 200
            ? t('bulletinForm.longTitle')
            : null,
      script: (script) =>
        script.trim() === ''
          ? t('bulletinForm.needScript')
          : script.length > MAX_SCRIPT_CHARS
            ? t('bulletinForm.longScript', { max: number(MAX_SCRIPT_CHARS, language) })
            : null,
      targets: (targets) => (targets.length === 0 ? t('bulletinForm.needTargets') : null),
      expiresOn: (expiresOn, { effectiveOn }) =>
        effectiveOn && expiresOn && effectiveOn > expiresOn ? t('validity.reversed') : null,
    },
  })
  const [cited, setCited] = useState<readonly string[]>([])

  const element = useRef<HTMLFormElement>(null)
  const areaField = useId()

  const submit = form.onSubmit(
    async (values) => {
      setRefusal(null)
      try {
        await send(values)
      } catch (error) {
        const { errors, rest } = problemsOf(error, FIELDS)
        form.setErrors(errors)
        focusFirstError(element.current)
        setRefusal(rest.join(' ') || (Object.keys(errors).length === 0 ? textOf(error) : null))
      }
    },
    () => focusFirstError(element.current),
  )

  return (
    <form ref={element} noValidate onSubmit={submit}>
      <Stack gap="lg">
        {refusal && (
          <Notice kind="bad" title={t('bulletinForm.refused')}>
            {refusal}
          </Notice>
        )}
        <TextInput
          label={t('bulletinForm.title')}
          placeholder={t('bulletinForm.titlePlaceholder')}
          {...form.getInputProps('title')}
        />
        <ClassField value={form.values.class} onChange={(value) => form.setFieldValue('class', value)} />
        <AreaPicker
          id={areaField}
          label={t('bulletinForm.targets')}
          description={t('bulletinForm.targetsHint')}
          value={form.values.targets}
          onChange={(targets) => form.setFieldValue('targets', targets)}
          error={form.errors.targets ? String(form.errors.targets) : undefined}
        />
        <ScriptField
          value={form.values.script}
          error={form.errors.script}
          areaCode={form.values.targets[0] ?? null}
          onChooseArea={() => document.getElementById(areaField)?.focus()}
          omit={form.values.omit}
          omitError={form.errors.omit}
          reading={reading}
          cost={cost}
          onOmit={(omit) => form.setFieldValue('omit', omit)}
          onCites={setCited}
          onChange={(script) => form.setFieldValue('script', script)}
        />
        <ValidityFields values={form.values} errors={form.errors} found={cited} onChange={form.setValues} />
        <Button type="submit" size="lg" className={styles.submit} loading={form.submitting}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  )
}

function ClassField({ value, onChange }: { value: BulletinClass; onChange: (value: BulletinClass) => void }) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('bulletinClass.label')}
      size="md"
      value={value}
      onChange={(next) => onChange(BULLETIN_CLASSES.find((each) => each === next) ?? 'ordinary')}
    >
      <div className={styles.classes}>
        {BULLETIN_CLASSES.map((each) => (
          <Radio
            key={each}
            value={each}
            className={styles.class ?? ''}
            data-checked={each === value || undefined}
            label={t(`bulletinClass.${each}`)}
            description={t(`bulletinClass.${each}Hint`)}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
