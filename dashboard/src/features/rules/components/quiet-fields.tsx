import { Fieldset, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { Choice } from '../../../components/ui/choice.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { RuleValues } from '../rule-values.ts'
import { useRuleWords } from '../use-rule-words.ts'
import styles from './rules.module.css'

interface FieldsProps {
  readonly rules: AiringRules
  readonly form: UseFormReturnType<RuleValues>
  readonly readOnly: boolean
}

/** What holds now stands first; a place sets hours of its own only if it wants to. */
export function QuietFields({ rules, form, readOnly }: FieldsProps) {
  const { t } = useTranslation()
  const { nameOf, quietText } = useRuleWords(rules)
  const { by, value } = rules.effective.quietHours
  return (
    <Fieldset legend={t('rules.quietHours')}>
      <p className={styles.hint}>{t('rules.holdsNow', { value: quietText(value), name: nameOf(by) })}</p>
      {!readOnly && (
        <Choice
          label={t('rules.quietWhose')}
          value={form.values.quiet}
          options={[
            { value: 'inherited', label: t(rules.kind === 'province' ? 'rules.quietDefault' : 'rules.quietInherit') },
            { value: 'own', label: t('rules.quietOwn') },
          ]}
          onChange={(quiet) => form.setFieldValue('quiet', quiet)}
        />
      )}
      {!readOnly && form.values.quiet === 'own' && (
        <div className={styles.pair}>
          <TextInput type="time" label={t('rules.from')} {...form.getInputProps('from')} />
          <TextInput type="time" label={t('rules.to')} {...form.getInputProps('to')} />
        </div>
      )}
      <p className={styles.hint}>{t('rules.quietHint')}</p>
    </Fieldset>
  )
}
