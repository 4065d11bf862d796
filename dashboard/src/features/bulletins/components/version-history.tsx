import { IconBan, IconBroadcast, IconHistory, IconMinus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Bulletin, VersionSummary } from '#protocol/http/bulletins.ts'
import { Pill } from '../../../components/ui/pill.tsx'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { stateOfVersion } from '../version-state.ts'
import { BulletinStatusPill } from './bulletin-status.tsx'
import styles from './version-history.module.css'

/** Every version, newest first: who wrote it, what was decided on it, and what has become of it. */
export function VersionHistory({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  return (
    <ol className={styles.list} reversed>
      {bulletin.versions.map((version) => (
        <li key={version.id} className={styles.row}>
          <div className={styles.main}>
            <Link
              to="/ban-tin/$bulletinId/phien-ban/$versionId"
              params={{ bulletinId: bulletin.id, versionId: version.id }}
              className={styles.title}
              aria-label={t('versions.open', { n: version.number })}
            >
              {t('bulletin.version', { n: version.number })}
            </Link>
            <Decisions version={version} />
          </div>
          <VersionPill version={version} bulletin={bulletin} />
        </li>
      ))}
    </ol>
  )
}

/** Who has done what, in order. */
export function Decisions({ version }: { version: VersionSummary }) {
  const { t } = useTranslation()
  return (
    <ul className={styles.decisions}>
      <li>{t('versions.written', { name: version.createdByName, time: dateTime(version.createdAt) })}</li>
      {version.decisions.map(({ kind, byName, at, reason }) => (
        <li key={`${kind} ${at}`}>
          {t(`versions.${kind}`, { name: byName, time: dateTime(at), reason: reason ?? '' })}
        </li>
      ))}
    </ul>
  )
}

const LOOK = {
  onAir: { tone: 'good', icon: IconBroadcast },
  withdrawn: { tone: 'bad', icon: IconBan },
  followed: { tone: 'calm', icon: IconHistory },
  unused: { tone: 'calm', icon: IconMinus },
} as const

export function VersionPill({ version, bulletin }: { version: VersionSummary; bulletin: Bulletin }) {
  const { t } = useTranslation()
  const state = stateOfVersion(version, bulletin)
  return state === 'current' ? (
    <BulletinStatusPill status={bulletin.status} />
  ) : (
    <Pill {...LOOK[state]}>{t(`versions.${state}`)}</Pill>
  )
}
