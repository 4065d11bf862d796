import { getRouteApi, Link } from '@tanstack/react-router'
import type { InboxFilter } from '#protocol/http/inbox.ts'
import { Choice } from '../../components/ui/choice.tsx'
import { followRemoval } from '../../components/ui/follow-removal.ts'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { InboxList } from '../../features/inbox/components/inbox-list.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './inbox-page.module.css'

const route = getRouteApi('/app/ban-tin-den')

const OF_COMMUNE = ['waiting', 'placed', 'postponed', 'declined', 'aired'] as const satisfies readonly InboxFilter[]
const FROM_ABOVE = ['overdue', 'urgent', ...OF_COMMUNE] as const satisfies readonly InboxFilter[]

/** What has come to a commune and waits for its officer; from above, which communes have not acted. */
export function InboxPage() {
  const { t } = useTranslation()
  const mayDecide = useCan()('inbox.decide')
  const { xem, banTin } = route.useSearch()
  const navigate = route.useNavigate()
  const filters = mayDecide ? OF_COMMUNE : FROM_ABOVE
  const state = banTin ? undefined : (xem ?? filters[0])
  return (
    <Page title={t('inbox.title')} lead={t(mayDecide ? 'inbox.lead' : 'inbox.leadAbove')}>
      {banTin ? (
        <div className={styles.note}>
          <Notice
            kind="info"
            action={
              <Link to="/ban-tin-den" className={styles.more}>
                {t('inbox.showAll')}
              </Link>
            }
          >
            {t('inbox.ofBulletin')}
          </Notice>
        </div>
      ) : (
        <Choice<InboxFilter>
          label={t('inbox.filter')}
          value={state ?? filters[0]}
          options={filters.map((value) => ({ value, label: t(`inbox.state.${value}`) }))}
          onChange={(next) => navigate({ search: next === filters[0] ? {} : { xem: next }, replace: true })}
        />
      )}
      <div ref={followRemoval}>
        <InboxList state={state} bulletinId={banTin} mayDecide={mayDecide} />
      </div>
    </Page>
  )
}
