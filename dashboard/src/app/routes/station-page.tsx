import { NativeSelect } from '@mantine/core'
import { IconBuildingBroadcastTower } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { stationsQuery } from '../../components/stations-query.ts'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Section } from '../../components/ui/section.tsx'
import { RulesPanel } from '../../features/rules/components/rules-panel.tsx'
import { Library } from '../../features/sounds/components/library.tsx'
import { PhoneCalendar } from '../../features/stations/components/phone-calendar.tsx'
import { StationForm } from '../../features/stations/components/station-form.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './station-page.module.css'

export function StationPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('station.title')} narrow>
      <Stations />
    </Page>
  )
}

function Stations() {
  const { t } = useTranslation()
  const can = useCan()
  const stations = useQuery(stationsQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  if (stations.isPending) return <RowsSkeleton rows={4} height={90} />
  if (stations.isError) return <LoadError error={stations.error} onRetry={() => stations.refetch()} />
  const { items } = stations.data
  const station = items.find((each) => each.areaCode === chosen) ?? items[0]
  if (!station) {
    return <Empty icon={IconBuildingBroadcastTower} title={t('station.empty')} text={t('station.emptyText')} />
  }
  return (
    <>
      {items.length > 1 && (
        <NativeSelect
          className={styles.choose}
          label={t('station.choose')}
          value={station.areaCode}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={items.map((each) => ({ value: each.areaCode, label: `${each.name} (${each.areaName})` }))}
        />
      )}
      <StationForm key={station.areaCode} station={station} readOnly={!can('stations.write')} />
      {can('programmes.read') && (
        <div className={styles.library}>
          <RulesPanel key={station.areaCode} scope={station.areaCode} />
        </div>
      )}
      <div className={styles.library}>
        <Section title={t('library.title')}>
          <Library key={station.areaCode} areaCode={station.areaCode} mayWrite={can('stations.write')} />
        </Section>
      </div>
      <Section title={t('phoneCalendar.title')}>
        <PhoneCalendar key={station.areaCode} areaCode={station.areaCode} mayWrite={can('programmes.write')} />
      </Section>
    </>
  )
}
