import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { PutPronunciation } from '#protocol/http/speech.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { useDictionary } from '../use-dictionary.ts'
import styles from './entry-form.module.css'

const FIELDS = { written: 'written', spoken: 'spoken' }

interface EntryFormProps {
  readonly areaCode: string
  /** The entry to change; without one, a new one. */
  readonly entry?: PutPronunciation
  readonly onDone?: () => void
}

/** Adds a word to the dictionary, or changes how one is read. */
export function EntryForm({ areaCode, entry, onDone }: EntryFormProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { put } = useDictionary(areaCode)
  const element = useRef<HTMLFormElement>(null)
  const form = useForm<PutPronunciation>({
    initialValues: { written: entry?.written ?? '', spoken: entry?.spoken ?? '' },
    validate: {
      written: (value) => (value.trim() === '' ? t('dictionary.needWritten') : null),
      spoken: (value) => (value.trim() === '' ? t('speech.needReading') : null),
    },
  })
  const send = (values: PutPronunciation): void =>
    put.mutate(
      { written: values.written.trim(), spoken: values.spoken.trim() },
      {
        onSuccess: () => {
          if (onDone) return onDone()
          form.reset()
          element.current?.querySelector('input')?.focus()
        },
        onError: (error) => {
          form.setErrors(problemsOf(error, FIELDS).errors)
          focusFirstError(element.current)
        },
      },
    )
  // Whoever asked to change an entry wants to type.
  useEffect(() => {
    if (entry) element.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus()
  }, [entry])
  const { errors, rest } = problemsOf(put.error, FIELDS)
  return (
    <form ref={element} noValidate onSubmit={form.onSubmit(send, () => focusFirstError(element.current))}>
      {put.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
        <div className={styles.refusal}>
          <Notice kind="bad">{rest.join(' ') || textOf(put.error)}</Notice>
        </div>
      )}
      <div className={styles.fields}>
        <TextInput
          label={t('dictionary.written')}
          description={entry ? undefined : t('dictionary.writtenHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          readOnly={entry !== undefined}
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('written')}
        />
        <TextInput
          label={t('dictionary.spoken')}
          description={entry ? undefined : t('dictionary.spokenHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoCapitalize="none"
          {...form.getInputProps('spoken')}
        />
        <div className={styles.buttons}>
          <Button
            type="submit"
            loading={put.isPending}
            {...(entry ? {} : { leftSection: <IconPlus size={18} aria-hidden /> })}
          >
            {entry ? t('common.save') : t('dictionary.add')}
          </Button>
          {entry && (
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}
