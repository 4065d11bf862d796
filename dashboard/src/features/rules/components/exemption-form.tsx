import { Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ProgrammeId } from '#protocol/ids.ts'
import { LIMIT_KINDS, type LimitKind } from '#protocol/rules/limits.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { Toggles } from '../../../components/ui/toggles.tsx'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { askExemption } from '../api/ask-exemption.ts'
import { programmeChoices } from '../api/list-choices.ts'
import styles from './rules.module.css'

interface Values {
  readonly programmeId: string
  readonly from: string
  readonly until: string
  readonly kinds: LimitKind[]
  readonly reason: string
}
const FIELDS = { programmeId: 'programmeId', from: 'from', until: 'until', kinds: 'kinds', reason: 'reason' }

/** Asks for an exemption; somebody else decides. */
export function ExemptionForm({ areaCode, onClose }: { areaCode: string; onClose: () => void }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const programmes = useQuery(programmeChoices(areaCode))
  const form = useForm<Values>({
    initialValues: { programmeId: '', from: '', until: '', kinds: [], reason: '' },
    validate: {
      from: (value) => (value === '' ? t('rules.needDate') : null),
      until: (value) => (value === '' ? t('rules.needDate') : null),
      kinds: (value) => (value.length === 0 ? t('rules.needKind') : null),
      reason: (value) => (value.trim() === '' ? t('rules.needReason') : null),
    },
  })
  const asking = useMutation({
    mutationFn: ({ programmeId, ...values }: Values) =>
      askExemption({ areaCode, programmeId: programmeId === '' ? null : ProgrammeId.parse(programmeId), ...values }),
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
        <div>
          <Toggles
            label={t('rules.exemptFrom')}
            value={form.values.kinds}
            options={LIMIT_KINDS.map((value) => ({ value, label: t(`rules.limit.${value}`) }))}
            onChange={(kinds) => form.setFieldValue('kinds', kinds)}
          />
          {form.errors.kinds && <p className={styles.error}>{form.errors.kinds}</p>}
        </div>
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
