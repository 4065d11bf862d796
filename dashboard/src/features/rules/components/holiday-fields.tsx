import { Fieldset, NativeSelect, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { serverNow } from '../../../lib/clock.ts'
import { localDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { decisionOn, type RuleValues, withDecision } from '../rule-values.ts'
import { useRuleWords } from '../use-rule-words.ts'
import { OwnDaysOff } from './own-days-off.tsx'
import styles from './rules.module.css'

interface FieldsProps {
  readonly rules: AiringRules
  readonly form: UseFormReturnType<RuleValues>
  readonly readOnly: boolean
}

/** What the law leaves to be decided each year, for programmes that skip public holidays. */
export function HolidayFields({ rules, form, readOnly }: FieldsProps) {
  const { t } = useTranslation()
  const { nameOf } = useRuleWords(rules)
  const thisYear = Number(localDate(serverNow()).slice(0, 4))
  const set = (decision: RuleValues['holidays'][number]) =>
    form.setFieldValue('holidays', withDecision(form.values.holidays, decision))
  return (
    <Fieldset legend={t('rules.holidays')}>
      <Stack gap="md">
        <p className={styles.hint}>{t('rules.holidaysHint')}</p>
        {[thisYear, thisYear + 1].map((year) => {
          const own = decisionOn(form.values.holidays, year)
          const above = rules.effective.holidays.find(({ by, value }) => value.year === year && by !== rules.kind)
          const { daysBeforeTet, nationalDay, ...rest } = own
          return (
            <div key={year}>
              <div className={styles.pair}>
                <NativeSelect
                  label={t('rules.tetOf', { year })}
                  disabled={readOnly}
                  value={daysBeforeTet ?? ''}
                  data={[
                    { value: '', label: t('rules.asAnnounced') },
                    ...[0, 1, 2, 3, 4].map((n) => ({ value: String(n), label: t('rules.daysBeforeTet', { n }) })),
                  ]}
                  onChange={({ currentTarget: { value } }) =>
                    set({
                      ...rest,
                      ...(nationalDay ? { nationalDay } : {}),
                      ...(value === '' ? {} : { daysBeforeTet: Number(value) }),
                    })
                  }
                />
                <NativeSelect
                  label={t('rules.nationalDayOf', { year })}
                  disabled={readOnly}
                  value={nationalDay ?? ''}
                  data={[
                    { value: '', label: t('rules.asAnnounced') },
                    { value: 'before', label: t('rules.nationalBefore') },
                    { value: 'after', label: t('rules.nationalAfter') },
                  ]}
                  onChange={({ currentTarget: { value } }) =>
                    set({
                      ...rest,
                      ...(daysBeforeTet === undefined ? {} : { daysBeforeTet }),
                      ...(value === 'before' || value === 'after' ? { nationalDay: value } : {}),
                    })
                  }
                />
              </div>
              <OwnDaysOff decision={own} readOnly={readOnly} onChange={set} />
              {above && <p className={styles.hint}>{t('rules.decidedBy', { year, name: nameOf(above.by) })}</p>}
            </div>
          )
        })}
      </Stack>
    </Fieldset>
  )
}
