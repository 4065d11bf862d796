import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { programmeQuery } from '../../components/programmes/programme-query.ts'
import { stationsQuery } from '../../components/stations-query.ts'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { EditProgramme } from '../../features/programmes/components/edit-programme.tsx'
import { useRepeatWords } from '../../features/programmes/components/use-repeat-words.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'

const route = getRouteApi('/app/chuong-trinh/$programmeId')

export function ProgrammePage() {
  const { t } = useTranslation()
  const can = useCan()
  const repeatWords = useRepeatWords()
  const { programmeId } = route.useParams()
  const programme = useQuery(programmeQuery(programmeId))
  const stations = useQuery(stationsQuery)
  const items = stations.data?.items ?? []
  // Programmes of several communes are often called alike.
  const station = items.length > 1 && items.find(({ areaCode }) => areaCode === programme.data?.areaCode)
  return (
    <Page
      title={programme.data?.name ?? t('programme.editTitle')}
      lead={
        programme.data
          ? `${station ? `${station.name} · ` : ''}${repeatWords(programme.data.repeat)}, ${programme.data.startTime}`
          : '\u00a0'
      }
      back={{ to: '/lich-phat', search: { xem: 'chuong-trinh' }, label: t('programme.back') }}
    >
      {programme.isError ? (
        <LoadError error={programme.error} onRetry={() => programme.refetch()} />
      ) : stations.isError ? (
        <LoadError error={stations.error} onRetry={() => stations.refetch()} />
      ) : programme.isPending || stations.isPending ? (
        <RowsSkeleton rows={4} height={160} />
      ) : (
        <EditProgramme
          key={programmeId}
          programme={programme.data}
          stations={items}
          readOnly={!can('programmes.write')}
        />
      )}
    </Page>
  )
}
