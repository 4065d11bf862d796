import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFileText, IconSpeakerphone } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { AreaNames } from '../../components/areas/area-names.tsx'
import { BulletinClassPill } from '../../components/bulletin-class-pill.tsx'
import { Facts } from '../../components/ui/facts.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card, Section } from '../../components/ui/section.tsx'
import { broadcastsQuery } from '../../features/broadcasts/api/list-broadcasts.ts'
import { SessionRows } from '../../features/broadcasts/components/session-rows.tsx'
import { AudioDetails } from '../../features/bulletins/components/audio-details.tsx'
import { BulletinActions } from '../../features/bulletins/components/bulletin-actions.tsx'
import { BulletinStatusPill } from '../../features/bulletins/components/bulletin-status.tsx'
import { InboxSummary } from '../../features/bulletins/components/inbox-summary.tsx'
import { Production } from '../../features/bulletins/components/production.tsx'
import { StandingNotices } from '../../features/bulletins/components/standing-notices.tsx'
import { StatusSteps } from '../../features/bulletins/components/status-steps.tsx'
import { ValidityFacts } from '../../features/bulletins/components/validity-facts.tsx'
import { VersionHistory } from '../../features/bulletins/components/version-history.tsx'
import { VersionScript } from '../../features/bulletins/components/version-script.tsx'
import { createPlayer, type Player } from '../../features/bulletins/player.ts'
import type { Airing } from '../../features/bulletins/steps-of.ts'
import { useBulletin } from '../../features/bulletins/use-bulletin.ts'
import { PlaceButton } from '../../features/inbox/components/place-dialog.tsx'
import { Recordings } from '../../features/sounds/components/recordings.tsx'
import { mayRecord } from '../../features/sounds/may-record.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { meQuery, useCan } from '../../lib/session.ts'
import styles from './bulletin-page.module.css'

/** Comes when somebody wants to see it. */
const Reading = lazy(async () => ({
  default: (await import('../../features/speech/components/reading.tsx')).Reading,
}))

const route = getRouteApi('/app/ban-tin/$bulletinId')

export function BulletinPage() {
  const { t } = useTranslation()
  const { bulletinId } = route.useParams()
  const bulletin = useBulletin(bulletinId)
  const back = { to: '/ban-tin', label: t('bulletin.title') }
  if (bulletin.isPending) {
    return (
      <Page title={t('common.loading')} back={back}>
        <RowsSkeleton rows={4} height={140} />
      </Page>
    )
  }
  if (bulletin.isError) {
    return (
      <Page title={t('bulletin.title')} back={back}>
        <LoadError error={bulletin.error} onRetry={() => bulletin.refetch()} />
      </Page>
    )
  }
  return (
    <Page
      title={bulletin.data.title}
      back={back}
      lead={
        <span className={styles.pills}>
          <BulletinStatusPill status={bulletin.data.status} />
          <BulletinClassPill value={bulletin.data.class} />
          <span>{t('bulletin.version', { n: bulletin.data.versionNumber })}</span>
        </span>
      }
      actions={
        <>
          <BulletinActions bulletin={bulletin.data} />
          <PlaceHere bulletin={bulletin.data} />
        </>
      }
    >
      <Detail bulletin={bulletin.data} />
    </Page>
  )
}

/** An approved bulletin goes into a session that is there already; what is one’s own need not come to the inbox first. */
function PlaceHere({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const can = useCan()
  const mine = useQuery(meQuery).data?.areaCodes ?? []
  const areaCode = [...bulletin.targets, ...mine].find((code) => code.length === COMMUNE_DIGITS)
  const mayAir = bulletin.status === 'approved' && bulletin.class !== 'emergency' && bulletin.rendition.step === 'ready'
  if (!areaCode || !mayAir || !can('inbox.decide')) return null
  return <PlaceButton areaCode={areaCode} bulletinId={bulletin.id} isMain={false} label={t('inbox.place')} />
}

const COMMUNE_DIGITS = 5

function Detail({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const can = useCan()
  const [player] = useState(createPlayer)
  const airings = useInfiniteQuery(broadcastsQuery({ bulletinId: bulletin.id }))
  const sessions = airings.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <StatusSteps status={bulletin.status} airing={airingOf(sessions)} />
      <StandingNotices bulletin={bulletin} />
      {bulletin.status === 'returned' && bulletin.returnReason && (
        <div className={styles.note}>
          <Notice kind="warn" title={t('bulletin.returnedFor')}>
            {bulletin.returnReason}
          </Notice>
        </div>
      )}
      <Section title={t('production.title')}>
        <Production bulletin={bulletin} player={player} mayRetry={can('bulletins.write')} />
      </Section>
      {(bulletin.recordings.length > 0 || (can('bulletins.write') && mayRecord(bulletin))) && (
        <Section title={t('recording.title')}>
          <Recordings bulletin={bulletin} mayWrite={can('bulletins.write')} />
        </Section>
      )}
      <ScriptSection bulletin={bulletin} player={player} />
      {bulletin.rendition.audio && (
        <Section title={t('production.details')}>
          <AudioDetails bulletin={bulletin} audio={bulletin.rendition.audio} mayProduce={can('bulletins.write')} />
        </Section>
      )}
      <Section plain title={t('bulletin.airings')}>
        {airings.isPending ? (
          <RowsSkeleton rows={1} height={76} />
        ) : airings.isError ? (
          <LoadError error={airings.error} onRetry={() => airings.refetch()} />
        ) : sessions.length === 0 ? (
          <Card>
            <p className={styles.quiet}>{t('bulletin.noAirings')}</p>
          </Card>
        ) : (
          <Card flush>
            <SessionRows sessions={[...sessions].reverse()} withDate />
          </Card>
        )}
      </Section>
      <InboxSummary id={bulletin.id} />
      <Section title={t('bulletin.versions')}>
        <Facts items={[[t('bulletin.targets'), <AreaNames key="areas" codes={bulletin.targets} />]]} />
        <div className={styles.versions}>
          <ValidityFacts {...bulletin} />
        </div>
        <div className={styles.versions}>
          <VersionHistory bulletin={bulletin} />
        </div>
      </Section>
    </>
  )
}

/** The script as it is written, or as it will sound. */
function ScriptSection({ bulletin, player }: { bulletin: Bulletin; player: Player }) {
  const { t } = useTranslation()
  const can = useCan()
  const [isReading, reading] = useDisclosure(false)
  const [areaCode = null] = bulletin.targets
  const Glyph = isReading ? IconFileText : IconSpeakerphone
  return (
    <Section
      plain={isReading}
      title={t('bulletin.script')}
      aside={
        <Button variant="default" leftSection={<Glyph size={18} aria-hidden />} onClick={reading.toggle}>
          {isReading ? t('speech.viewScript') : t('speech.view')}
        </Button>
      }
    >
      {isReading ? (
        <Suspense fallback={<RowsSkeleton rows={4} height={60} />}>
          <div className={styles.reading}>
            <Reading script={bulletin.script} areaCode={areaCode} omit={bulletin.omit} />
          </div>
          {can('bulletins.write') && <p className={styles.later}>{t('speech.laterOnly')}</p>}
        </Suspense>
      ) : (
        <VersionScript
          bulletinId={bulletin.id}
          versionId={bulletin.versionId}
          script={bulletin.script}
          audio={bulletin.rendition.audio}
          player={player}
        />
      )}
    </Section>
  )
}

function airingOf(sessions: readonly BroadcastSummary[]): Airing {
  if (sessions.some((session) => session.status === 'closed')) return 'aired'
  return sessions.some((session) => session.status !== 'cancelled') ? 'scheduled' : 'none'
}
