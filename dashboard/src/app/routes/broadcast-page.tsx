import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Broadcast, SessionPart } from '#protocol/http/broadcasts.ts'
import { languageName } from '#protocol/languages.ts'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card, Section } from '../../components/ui/section.tsx'
import { usePartWords } from '../../components/use-part-words.ts'
import { broadcastQuery } from '../../features/broadcasts/api/get-broadcast.ts'
import { BroadcastStatusPill } from '../../features/broadcasts/components/broadcast-status.tsx'
import { CancelButton } from '../../features/broadcasts/components/cancel-button.tsx'
import { Ledger } from '../../features/broadcasts/components/ledger.tsx'
import { SourceReports } from '../../features/broadcasts/components/source-reports.tsx'
import { TallyBar, TallyHeadline } from '../../features/broadcasts/components/tally-bar.tsx'
import { WhyButton } from '../../features/why/components/why-button.tsx'
import { clock, longDate } from '../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'
import styles from './broadcast-page.module.css'

const route = getRouteApi('/app/buoi-phat/$broadcastId')

/** The ledger of one session. */
export function BroadcastPage() {
  const { t } = useTranslation()
  const { broadcastId } = route.useParams()
  const broadcast = useQuery(broadcastQuery(broadcastId))
  const back = { to: '/lich-phat', label: t('schedule.title') }
  if (broadcast.isPending) {
    return (
      <Page title={t('common.loading')} back={back}>
        <RowsSkeleton rows={12} height={62} />
      </Page>
    )
  }
  if (broadcast.isError) {
    return (
      <Page title={t('broadcast.title')} back={back}>
        <LoadError error={broadcast.error} onRetry={() => broadcast.refetch()} />
      </Page>
    )
  }
  return <Detail broadcast={broadcast.data} back={back} />
}

function Detail({ broadcast, back }: { broadcast: Broadcast; back: { to: string; label: string } }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const can = useCan()
  return (
    <Page
      title={broadcast.programmeName}
      back={back}
      lead={
        <span className={styles.lead}>
          <BroadcastStatusPill status={broadcast.status} />
          <span>
            {longDate(broadcast.startAt, language)}, {clock(broadcast.startAt)} – {clock(broadcast.endAt)}
          </span>
          {broadcast.level !== 'programme' && <span>{t(`level.${broadcast.level}`)}</span>}
        </span>
      }
      actions={broadcast.status === 'planned' && can('programmes.write') && <CancelButton id={broadcast.id} />}
    >
      {broadcast.cancelledBy && (
        <div className={styles.why}>
          <Notice kind="info">{t(`cancelledBy.${broadcast.cancelledBy}`)}</Notice>
        </div>
      )}
      {broadcast.status !== 'cancelled' && <Tally broadcast={broadcast} />}
      <Section plain title={t('broadcast.ledger')}>
        <Card flush>
          {broadcast.deliveries.length === 0 ? (
            <p className={styles.none}>{t('broadcast.noDeliveries')}</p>
          ) : (
            <Ledger
              deliveries={broadcast.deliveries}
              aside={({ clusterId, clusterName }) => (
                <WhyButton
                  clusterId={clusterId}
                  clusterName={clusterName}
                  at={broadcast.startAt}
                  broadcastId={broadcast.id}
                />
              )}
            />
          )}
        </Card>
      </Section>
      <div className={styles.pair}>
        <Section title={t('broadcast.bulletins')}>
          <ol className={styles.rundown}>
            {broadcast.rundown.map((part, i) => (
              <li key={part.kind === 'bulletin' ? part.id : `${part.kind} ${i}`}>
                <Part part={part} />
              </li>
            ))}
          </ol>
        </Section>
        <Section title={t('broadcast.reports')}>
          <SourceReports reports={broadcast.reports} />
        </Section>
      </div>
    </Page>
  )
}

function Part({ part }: { part: SessionPart }) {
  const { t } = useTranslation()
  const partWords = usePartWords()
  if (part.kind !== 'bulletin') return <p className={styles.chime}>{partWords(part)}</p>
  return (
    <>
      <Link to="/ban-tin/$bulletinId" params={{ bulletinId: part.id }}>
        {part.title}
      </Link>
      {part.languages.length > 1 && (
        <p className={styles.languages}>
          {t('broadcast.languages', { languages: part.languages.map(languageName).join(', ') })}
        </p>
      )}
    </>
  )
}

function Tally({ broadcast }: { broadcast: Broadcast }) {
  const { t } = useTranslation()
  const unknown = broadcast.tally.unknown ?? 0
  return (
    <Section title={t('broadcast.tally')}>
      <p className={styles.headline} aria-live="polite">
        <TallyHeadline broadcast={broadcast} />
      </p>
      <TallyBar broadcast={broadcast} legend />
      {unknown > 0 && (
        <div className={styles.unknown}>
          <Notice kind="warn">{t('broadcast.unknownNote', { n: unknown })}</Notice>
        </div>
      )}
    </Section>
  )
}
