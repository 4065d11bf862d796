import { Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { ProgrammeId } from '#protocol/ids.ts'
import { LIMIT_KINDS } from '#protocol/rules/limits.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { askExemption } from '../api/ask-exemption.ts'
import { programmeChoices } from '../api/list-choices.ts'
import { type ExemptionValues, isValued, NOTHING_ASKED, upToOf } from '../exemption-values.ts'
import { ExemptLimits } from './exempt-limits.tsx'
import styles from './rules.module.css'

const FIELDS = {
  programmeId: 'programmeId',
  from: 'from',
  until: 'until',
  kinds: 'kinds',
  'upTo.sessionsPerDay': 'upTo.sessionsPerDay',
  'upTo.minutesPerSession': 'upTo.minutesPerSession',
  'upTo.minutesPerDay': 'upTo.minutesPerDay',
  'upTo.earliest': 'upTo.earliest',
  'upTo.latest': 'upTo.latest',
  reason: 'reason',
}

/** Asks for an exemption; somebody else decides. */
export function ExemptionForm({ rules, onClose }: { rules: AiringRules; onClose: () => void }) {
  const { scope: areaCode } = rules
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const programmes = useQuery(programmeChoices(areaCode))
  const form = useForm<ExemptionValues>({
    initialValues: NOTHING_ASKED,
    validate: {
      from: (value) => (value === '' ? t('rules.needDate') : null),
      until: (value) => (value === '' ? t('rules.needDate') : null),
      kinds: (value) => (value.length === 0 ? t('rules.needKind') : null),
      upTo: Object.fromEntries(
        LIMIT_KINDS.filter(isValued).map((kind) => [
          kind,
          (value: number | string, { kinds }: ExemptionValues) =>
            kinds.includes(kind) && value === '' ? t('rules.needUpTo') : null,
        ]),
      ),
      reason: (value) => (value.trim() === '' ? t('rules.needReason') : null),
    },
  })
  const asking = useMutation({
    mutationFn: ({ programmeId, ...values }: ExemptionValues) =>
      askExemption({
        ...values,
        areaCode,
        programmeId: programmeId === '' ? null : ProgrammeId.parse(programmeId),
        upTo: upToOf(values),
      }),
    onSuccess: () => {
      notifyDone(t('rules.asked'))
      onClose()
    },
    onError: (error) => form.setErrors(problemsOf(error, FIELDS).errors),
    onSettled: () => client.invalidateQueries({ queryKey: keys.exemptions }),
  })
  const { rest, errors } = problemsOf(asking.error, FIELDS)
  return (
    <form className={styles.add} noValidate onSubmit={form.onSubmit((values) => asking.mutate(values))}>
      <Stack gap="md">
        {asking.isError && (rest.length > 0 || Object.keys(errors).length === 0) && (
          <Notice kind="bad" title={t('rules.refused')}>
            {rest.join(' ') || textOf(asking.error)}
          </Notice>
        )}
        <NativeSelect
          label={t('rules.forProgramme')}
          data={[
            { value: '', label: t('rules.everyProgramme') },
            ...(programmes.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps('programmeId')}
        />
        <div className={styles.pair}>
          <TextInput type="date" label={t('rules.fromDay')} {...form.getInputProps('from')} />
          <TextInput type="date" label={t('rules.untilDay')} {...form.getInputProps('until')} />
        </div>
        <ExemptLimits rules={rules} form={form} />
        <Textarea label={t('rules.why')} maxLength={500} autosize minRows={2} {...form.getInputProps('reason')} />
        <div className={styles.deeds}>
          <Button type="submit" loading={asking.isPending}>
            {t('rules.send')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
