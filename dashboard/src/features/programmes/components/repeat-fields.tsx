import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import { Toggles } from '../../../components/ui/toggles.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { NTHS, REPEAT_KINDS, type RepeatChoice } from '../repeat-choice.ts'
import styles from './programme-form.module.css'

interface RepeatFieldsProps {
  readonly value: RepeatChoice
  readonly error: ReactNode
  readonly readOnly: boolean
  readonly onChange: (value: RepeatChoice) => void
}

const NTH_NAMES = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', '-1': 'last' } as const

/** When a series repeats, in the words in which people say it. */
export function RepeatFields({ value, error, readOnly, onChange }: RepeatFieldsProps) {
  const { t } = useTranslation()
  const set = (part: Partial<RepeatChoice>) => onChange({ ...value, ...part })
  const kinds = REPEAT_KINDS.filter((kind) => kind !== 'custom' || value.custom !== null)
  return (
    <>
      <NativeSelect
        label={t('programme.kindLabel')}
        disabled={readOnly}
        value={value.kind}
        onChange={(event) => set({ kind: kinds.find((kind) => kind === event.currentTarget.value) ?? value.kind })}
        data={kinds.map((kind) => ({ value: kind, label: t(`programme.kind.${kind}`) }))}
        error={value.kind === 'once' || value.kind === 'daily' || value.kind === 'custom' ? error : null}
      />
      {value.kind === 'weekly' && (
        <Toggles
          label={t('programme.weekdays')}
          value={value.weekdays}
          options={WEEKDAYS.map((day) => ({
            value: day,
            label: t(`weekdayShort.${day}`),
            title: t(`weekday.${day}`),
          }))}
          error={error}
          disabled={readOnly}
          onChange={(weekdays) => set({ weekdays })}
        />
      )}
      {value.kind === 'month-day' && (
        <>
          <TextInput
            label={t('programme.monthDays')}
            description={t('programme.monthDaysHint')}
            inputMode="numeric"
            readOnly={readOnly}
            value={value.monthDays}
            error={error}
            onChange={(event) => set({ monthDays: event.currentTarget.value })}
          />
          <Checkbox
            size="md"
            label={t('programme.lastDay')}
            disabled={readOnly}
            checked={value.lastDay}
            onChange={(event) => set({ lastDay: event.currentTarget.checked })}
          />
        </>
      )}
      {value.kind === 'month-weekday' && (
        <div className={styles.pair}>
          <NativeSelect
            label={t('programme.nth')}
            disabled={readOnly}
            value={String(value.nth)}
            onChange={(event) => set({ nth: NTHS.find((nth) => String(nth) === event.currentTarget.value) ?? 1 })}
            data={NTHS.map((nth) => ({ value: String(nth), label: t(`programme.nths.${NTH_NAMES[nth]}`) }))}
          />
          <NativeSelect
            label={t('programme.weekday')}
            disabled={readOnly}
            value={value.weekday}
            onChange={(event) => set({ weekday: WEEKDAYS.find((day) => day === event.currentTarget.value) ?? 'MO' })}
            data={WEEKDAYS.map((day) => ({ value: day, label: t(`weekday.${day}`) }))}
          />
        </div>
      )}
      {value.kind === 'lunar' && <LunarFields value={value} error={error} readOnly={readOnly} onChange={onChange} />}
      {value.kind === 'custom' && value.custom && (
        <p className={styles.hint}>
          {t('programme.customHint', {
            rule: value.custom.kind === 'rrule' ? value.custom.rrule : JSON.stringify(value.custom),
          })}
        </p>
      )}
    </>
  )
}

const LEAPS = ['also', 'skip', 'only'] as const

function LunarFields({ value, error, readOnly, onChange }: RepeatFieldsProps) {
  const { t } = useTranslation()
  const set = (part: Partial<RepeatChoice>) => onChange({ ...value, ...part })
  return (
    <>
      <Toggles
        label={t('programme.lunarDays')}
        value={value.lunarDays}
        options={[
          { value: 1, label: t('programme.lunarFirst') },
          { value: 15, label: t('programme.lunarFull') },
          { value: -1, label: t('programme.lunarLast') },
        ]}
        error={error}
        disabled={readOnly}
        onChange={(lunarDays) => set({ lunarDays })}
      />
      <div className={styles.pair}>
        <TextInput
          label={`${t('programme.lunarOthers')} (${t('common.optional')})`}
          placeholder={t('programme.lunarOthersHint')}
          inputMode="numeric"
          readOnly={readOnly}
          value={value.lunarOthers}
          onChange={(event) => set({ lunarOthers: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('programme.leap')}
          disabled={readOnly}
          value={value.leapMonths}
          onChange={(event) => set({ leapMonths: LEAPS.find((leap) => leap === event.currentTarget.value) ?? 'also' })}
          data={LEAPS.map((leap) => ({ value: leap, label: t(`programme.leaps.${leap}`) }))}
        />
      </div>
    </>
  )
}
