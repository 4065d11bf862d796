import { TextInput } from '@mantine/core'
import { IconMapPin, IconSearch, IconVocabulary } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { AreaPicker } from '../../components/areas/area-picker.tsx'
import { stationsQuery } from '../../components/stations-query.ts'
import { Empty } from '../../components/ui/empty.tsx'
import { followRemoval } from '../../components/ui/follow-removal.ts'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card } from '../../components/ui/section.tsx'
import { pronunciationsQuery } from '../../features/speech/api/list-pronunciations.ts'
import { DictionaryTable } from '../../features/speech/components/dictionary-table.tsx'
import { EntryForm } from '../../features/speech/components/entry-form.tsx'
import { findEntries } from '../../features/speech/find-entries.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { meQuery, useCan } from '../../lib/session.ts'
import styles from './dictionary-page.module.css'

const route = getRouteApi('/app/tu-dien')

export function DictionaryPage() {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  const areaCode = useAreaCode()
  return (
    <Page title={t('dictionary.title')} lead={t('dictionary.lead')}>
      <div className={styles.area}>
        <AreaPicker
          single
          label={t('dictionary.area')}
          value={areaCode === null ? [] : [areaCode]}
          onChange={([code]) => navigate({ search: code ? { noi: code } : {}, replace: true })}
        />
      </div>
      {areaCode === null ? (
        <Card>
          <Empty icon={IconMapPin} title={t('dictionary.chooseArea')} text={t('dictionary.chooseAreaText')} />
        </Card>
      ) : (
        <Dictionary key={areaCode} areaCode={areaCode} />
      )}
    </Page>
  )
}

/** The area in the address, else the account's own, else that of its first station. */
function useAreaCode(): string | null {
  const { noi } = route.useSearch()
  const own = useQuery(meQuery).data?.areaCodes[0]
  const station = useQuery({ ...stationsQuery, enabled: !noi && !own }).data?.items[0]?.areaCode
  return noi ?? own ?? station ?? null
}

function Dictionary({ areaCode }: { areaCode: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const { tim = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const entries = useQuery(pronunciationsQuery(areaCode))
  if (entries.isPending) return <RowsSkeleton rows={6} height={62} />
  if (entries.isError) return <LoadError error={entries.error} onRetry={() => entries.refetch()} />
  const { items } = entries.data
  const shown = findEntries(items, tim)
  return (
    <div className={styles.list} ref={followRemoval}>
      {can('bulletins.write') && (
        <div className={styles.add}>
          <Card>
            <EntryForm areaCode={areaCode} />
          </Card>
        </div>
      )}
      {items.length > 0 && (
        <TextInput
          type="search"
          className={styles.search}
          aria-label={t('dictionary.search')}
          placeholder={t('dictionary.searchPlaceholder')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={tim}
          onChange={(event) => {
            const typed = event.currentTarget.value
            void navigate({
              search: ({ tim: _before, ...rest }) => (typed === '' ? rest : { ...rest, tim: typed }),
              replace: true,
            })
          }}
        />
      )}
      <Card flush>
        {items.length === 0 ? (
          <Empty icon={IconVocabulary} title={t('dictionary.empty')} text={t('dictionary.emptyText')} />
        ) : shown.length === 0 ? (
          <Empty icon={IconSearch} title={t('dictionary.noMatch')} />
        ) : (
          <DictionaryTable areaCode={areaCode} items={shown} mayChange={can('bulletins.write')} />
        )}
      </Card>
    </div>
  )
}
