import { NumberInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { LIMIT_KINDS } from '#protocol/rules/limits.ts'
import { Toggles } from '../../../components/ui/toggles.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { type ExemptionValues, isValued, type ValuedKind } from '../exemption-values.ts'
import { useRuleWords } from '../use-rule-words.ts'
import styles from './rules.module.css'

interface FieldsProps {
  readonly rules: AiringRules
  readonly form: UseFormReturnType<ExemptionValues>
}

/** From which of the limits that hold here, and for each of them how much is wanted instead. */
export function ExemptLimits({ rules, form }: FieldsProps) {
  const { t } = useTranslation()
  const { kinds } = form.values
  const held = LIMIT_KINDS.filter((kind) => rules.effective.limits[kind] !== undefined)
  return (
    <>
      <Toggles
        label={t('rules.exemptFrom')}
        value={kinds}
        options={held.map((value) => ({ value, label: t(`rules.limit.${value}`) }))}
        error={form.errors.kinds}
        onChange={(chosen) => form.setFieldValue('kinds', chosen)}
      />
      {kinds.some(isValued) && (
        <div className={styles.pair}>
          {held.filter(isValued).map((kind) => kinds.includes(kind) && <UpTo key={kind} {...{ kind, rules, form }} />)}
        </div>
      )}
    </>
  )
}

function UpTo({ kind, rules, form }: FieldsProps & { kind: ValuedKind }) {
  const { t } = useTranslation()
  const { nameOf } = useRuleWords(rules)
  const held = rules.effective.limits[kind]
  const shared = {
    label: t(`rules.upTo.${kind}`),
    description: held && t('rules.holdsNow', { value: String(held.value), name: nameOf(held.by) }),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    ...form.getInputProps(`upTo.${kind}`),
  }
  return kind === 'earliest' || kind === 'latest' ? (
    <TextInput type="time" {...shared} />
  ) : (
    <NumberInput size="md" hideControls allowDecimal={false} allowNegative={false} {...shared} />
  )
}
