import { NativeSelect } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { areaQuery } from '../../components/areas/area-queries.ts'
import { stationsQuery } from '../../components/stations-query.ts'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { RulesPanel } from '../../features/rules/components/rules-panel.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { meQuery } from '../../lib/session.ts'
import styles from './station-page.module.css'

const route = getRouteApi('/app/quy-dinh')

/** Rules of a province and of each commune in it. */
export function RulesPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('rules.title')} narrow>
      <Places />
    </Page>
  )
}

function Places() {
  const { t } = useTranslation()
  const { noi } = route.useSearch()
  const navigate = route.useNavigate()
  const me = useQuery(meQuery).data
  const stations = useQuery(stationsQuery)
  const communes = stations.data?.items ?? []
  // Whoever works for the whole country finds the provinces in which there is anything.
  const codes = me?.areaCodes.length ? me.areaCodes : [...new Set(communes.map(({ areaCode }) => areaCode))]
  const own = useQueries({ queries: codes.map(areaQuery) }).flatMap(({ data }) => data ?? [])
  const parents = own.flatMap(({ code, kind, parentCode }) => (kind === 'province' ? [code] : (parentCode ?? [])))
  const mayParents = me?.areaCodes.length === 0 ? parents : parents.filter((code) => me?.areaCodes.includes(code))
  const provinces = useQueries({ queries: [...new Set(mayParents)].map(areaQuery) }).flatMap(({ data }) => data ?? [])
  if (stations.isPending) return <RowsSkeleton rows={4} height={90} />
  if (stations.isError) return <LoadError error={stations.error} onRetry={() => stations.refetch()} />
  const choices = [
    ...provinces.map(({ code, name }) => ({ value: code, label: name })),
    ...communes.map(({ areaCode, areaName, name }) => ({ value: areaCode, label: `${name} (${areaName})` })),
  ]
  const chosen = choices.find(({ value }) => value === noi) ?? choices[0]
  if (!chosen) return <Empty icon={IconClockPause} title={t('rules.title')} text={t('rules.none')} />
  return (
    <>
      {choices.length > 1 && (
        <NativeSelect
          className={styles.choose}
          label={t('rules.choose')}
          value={chosen.value}
          onChange={({ currentTarget: { value } }) => void navigate({ search: { noi: value } })}
          data={choices}
        />
      )}
      <RulesPanel key={chosen.value} scope={chosen.value} />
    </>
  )
}
