import { Button, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { focusFirstError } from '../../../lib/focus-first-error.ts'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { putRules } from '../api/put-rules.ts'
import { inputOf, type RuleValues, revisionFor, valuesOf } from '../rule-values.ts'
import { HolidayFields } from './holiday-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { QuietFields } from './quiet-fields.tsx'
import styles from './rules.module.css'

const FIELDS = {
  'quietHours.from': 'from',
  'quietHours.to': 'to',
  quietHours: 'from',
  'limits.sessionsPerDay': 'sessionsPerDay',
  'limits.minutesPerSession': 'minutesPerSession',
  'limits.minutesPerDay': 'minutesPerDay',
  'limits.earliest': 'earliest',
  'limits.latest': 'latest',
  'limits.days': 'days',
}

/** A place's own quiet hours, limits and days off, beside those that it inherits. */
export function RulesForm({ rules }: { rules: AiringRules }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const element = useRef<HTMLFormElement>(null)
  const [begun, setBegun] = useState(rules)
  const form = useForm<RuleValues>({ initialValues: valuesOf(rules) })
  const saving = useMutation({
    mutationFn: (values: RuleValues) => putRules(rules.scope, inputOf(values, revisionFor(begun, rules))),
    onSuccess: (saved) => {
      client.setQueryData(keys.rulesOf(rules.scope), saved)
      setBegun(saved)
      form.setValues(valuesOf(saved))
      void client.invalidateQueries({ queryKey: keys.stations })
      void client.invalidateQueries({ queryKey: keys.programmes })
      notifyDone(t('rules.saved'))
    },
    onError: (error) => {
      form.setErrors(problemsOf(error, FIELDS).errors)
      focusFirstError(element.current)
    },
  })
  const { rest, errors } = problemsOf(saving.error, FIELDS)
  const readOnly = !rules.may.write
  return (
    <form ref={element} noValidate onSubmit={form.onSubmit((values) => saving.mutate(values))}>
      <Stack gap="lg">
        {readOnly && <Notice kind="info">{t('rules.readOnly')}</Notice>}
        {saving.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
          <Notice kind="bad" title={t('rules.refused')}>
            {rest.join(' ') || textOf(saving.error)}
          </Notice>
        )}
        <QuietFields rules={rules} form={form} readOnly={readOnly} />
        {rules.kind !== 'cluster' && (
          <>
            <LimitFields rules={rules} form={form} readOnly={readOnly} />
            <HolidayFields rules={rules} form={form} readOnly={readOnly} />
          </>
        )}
        {!readOnly && (
          <Button type="submit" size="lg" className={styles.submit} loading={saving.isPending}>
            {t(rules.kind === 'cluster' ? 'rules.saveQuiet' : 'rules.save')}
          </Button>
        )}
      </Stack>
    </form>
  )
}
