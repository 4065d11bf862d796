import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Bulletin, BulletinVersion } from '#protocol/http/bulletins.ts'
import { AreaNames } from '../../components/areas/area-names.tsx'
import { BulletinClassPill } from '../../components/bulletin-class-pill.tsx'
import { bulletinQuery } from '../../components/bulletin-query.ts'
import { Choice } from '../../components/ui/choice.tsx'
import { Facts } from '../../components/ui/facts.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Section } from '../../components/ui/section.tsx'
import { versionQuery } from '../../features/bulletins/api/get-version.ts'
import { RenditionLine } from '../../features/bulletins/components/rendition-line.tsx'
import { ValidityFacts } from '../../features/bulletins/components/validity-facts.tsx'
import { Decisions, VersionPill } from '../../features/bulletins/components/version-history.tsx'
import { VersionPlayer } from '../../features/bulletins/components/version-player.tsx'
import { VersionScript } from '../../features/bulletins/components/version-script.tsx'
import { createPlayer, type Player } from '../../features/bulletins/player.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './bulletin-page.module.css'

/** Comes with the library that compares. */
const VersionChanges = lazy(async () => ({
  default: (await import('../../features/bulletins/components/version-changes.tsx')).VersionChanges,
}))

const route = getRouteApi('/app/ban-tin/$bulletinId/phien-ban/$versionId')

/** One version as it was written, as it sounds, and what it has changed. */
export function VersionPage() {
  const { t } = useTranslation()
  const { bulletinId, versionId } = route.useParams()
  const bulletin = useQuery(bulletinQuery(bulletinId))
  const version = useQuery(versionQuery(bulletinId, versionId))
  const back = { to: `/ban-tin/${bulletinId}`, label: bulletin.data?.title ?? t('common.back') }
  if (bulletin.isError || version.isError) {
    const failed = bulletin.isError ? bulletin : version
    return (
      <Page title={t('bulletin.versions')} back={back}>
        <LoadError error={failed.error} onRetry={() => failed.refetch()} />
      </Page>
    )
  }
  if (bulletin.isPending || version.isPending) {
    return (
      <Page title={t('common.loading')} back={back}>
        <RowsSkeleton rows={4} height={140} />
      </Page>
    )
  }
  return (
    <Page
      title={t('bulletin.version', { n: version.data.number })}
      back={back}
      lead={
        <span className={styles.pills}>
          <VersionPill version={version.data} bulletin={bulletin.data} />
          <BulletinClassPill value={version.data.class} />
          <span>{version.data.title}</span>
        </span>
      }
    >
      <Detail version={version.data} bulletin={bulletin.data} />
    </Page>
  )
}

function Detail({ version, bulletin }: { version: BulletinVersion; bulletin: Bulletin }) {
  const { t } = useTranslation()
  const [player] = useState(createPlayer)
  return (
    <>
      <Section title={t('production.title')}>
        <Sound version={version} player={player} />
      </Section>
      <Script version={version} bulletin={bulletin} player={player} />
      <Section title={t('versions.decisions')}>
        <Decisions version={version} />
        <div className={styles.versions}>
          <Facts items={[[t('bulletin.targets'), <AreaNames key="areas" codes={version.targets} />]]} />
        </div>
        <div className={styles.versions}>
          <ValidityFacts {...version} />
        </div>
      </Section>
    </>
  )
}

function Sound({ version, player }: { version: BulletinVersion; player: Player }) {
  const { t } = useTranslation()
  const { bulletinId, id, rendition } = version
  if (!rendition) return <p className={styles.quiet}>{t('versions.noSound')}</p>
  if (!rendition.audio) {
    return (
      <p className={styles.quiet}>
        <RenditionLine rendition={rendition} />
      </p>
    )
  }
  return <VersionPlayer bulletinId={bulletinId} versionId={id} audio={rendition.audio} player={player} />
}

/** The script, or what it has changed of the one before. */
function Script({ version, bulletin, player }: { version: BulletinVersion; bulletin: Bulletin; player: Player }) {
  const { t } = useTranslation()
  const [view, setView] = useState<'written' | 'changed'>('written')
  const previous = bulletin.versions.find(({ number }) => number === version.number - 1)
  return (
    <Section title={t('bulletin.script')}>
      {previous && (
        <Choice
          label={t('versions.view')}
          value={view}
          options={[
            { value: 'written', label: t('versions.asWritten') },
            { value: 'changed', label: t('versions.asChanged', { n: previous.number }) },
          ]}
          onChange={setView}
        />
      )}
      {previous && view === 'changed' ? (
        <Changes bulletinId={bulletin.id} previousId={previous.id} version={version} />
      ) : (
        <VersionScript
          bulletinId={bulletin.id}
          versionId={version.id}
          script={version.script}
          audio={version.rendition?.audio ?? null}
          player={player}
        />
      )}
    </Section>
  )
}

interface ChangesProps {
  readonly bulletinId: string
  readonly previousId: string
  readonly version: BulletinVersion
}

function Changes({ bulletinId, previousId, version }: ChangesProps) {
  const before = useQuery(versionQuery(bulletinId, previousId))
  if (before.isPending) return <RowsSkeleton rows={4} height={44} />
  if (before.isError) return <LoadError error={before.error} onRetry={() => before.refetch()} />
  return (
    <Suspense fallback={<RowsSkeleton rows={4} height={44} />}>
      <VersionChanges before={before.data} after={version} />
    </Suspense>
  )
}
