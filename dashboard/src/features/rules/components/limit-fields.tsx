import { Fieldset, NumberInput, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import { Toggles } from '../../../components/ui/toggles.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { RuleValues } from '../rule-values.ts'
import { useRuleWords } from '../use-rule-words.ts'
import styles from './rules.module.css'

const NUMBERS = ['sessionsPerDay', 'minutesPerSession', 'minutesPerDay'] as const
const TIMES = ['earliest', 'latest'] as const

interface FieldsProps {
  readonly rules: AiringRules
  readonly form: UseFormReturnType<RuleValues>
  readonly readOnly: boolean
}

/** Each limit of its own, with what those above allow beneath it. */
export function LimitFields({ rules, form, readOnly }: FieldsProps) {
  const { t } = useTranslation()
  const { inheritedText } = useRuleWords(rules)
  const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
  const days = inheritedText(rules, 'days')
  return (
    <Fieldset legend={t('rules.limits')}>
      <Stack gap="md">
        <p className={styles.hint}>{t('rules.limitsHint')}</p>
        <div className={styles.pair}>
          {NUMBERS.map((kind) => (
            <NumberInput
              key={kind}
              size="md"
              hideControls
              allowDecimal={false}
              allowNegative={false}
              label={t(`rules.limit.${kind}`)}
              description={inheritedText(rules, kind)}
              inputWrapperOrder={order}
              placeholder={t('rules.noLimit')}
              readOnly={readOnly}
              {...form.getInputProps(kind)}
            />
          ))}
        </div>
        <div className={styles.pair}>
          {TIMES.map((kind) => (
            <TextInput
              key={kind}
              type="time"
              label={t(`rules.limit.${kind}`)}
              description={inheritedText(rules, kind)}
              inputWrapperOrder={order}
              readOnly={readOnly}
              {...form.getInputProps(kind)}
            />
          ))}
        </div>
        <div>
          <Toggles
            label={t('rules.limit.days')}
            value={form.values.days}
            options={WEEKDAYS.map((value) => ({ value, label: t(`rules.weekday.${value}`) }))}
            disabled={readOnly}
            onChange={(chosen) => form.setFieldValue('days', chosen)}
          />
          <p className={styles.hint}>{days ?? t('rules.daysHint')}</p>
          {form.errors.days && (
            <p className={styles.error} data-invalid tabIndex={-1}>
              {form.errors.days}
            </p>
          )}
        </div>
      </Stack>
    </Fieldset>
  )
}
