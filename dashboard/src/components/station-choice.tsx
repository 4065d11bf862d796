import { NativeSelect } from '@mantine/core'
import type { Station } from '#protocol/http/areas.ts'
import { useTranslation } from '../lib/i18n/index.ts'

interface StationChoiceProps {
  readonly stations: readonly Station[]
  readonly value: string
  readonly onChange: (areaCode: string) => void
}

/** Whose days are shown; nothing to choose for an account with one station. */
export function StationChoice({ stations, value, onChange }: StationChoiceProps) {
  const { t } = useTranslation()
  if (stations.length < 2) return null
  return (
    <NativeSelect
      aria-label={t('week.station')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={stations.map((each) => ({ value: each.areaCode, label: `${each.name} (${each.areaName})` }))}
    />
  )
}
