import {
  type Icon,
  IconAlertTriangle,
  IconClockExclamation,
  IconDownload,
  IconFileX,
  IconPlugConnected,
  IconPlugConnectedX,
  IconQuestionMark,
  IconShieldCheck,
  IconWifi,
} from '@tabler/icons-react'
import type { Cluster } from '#protocol/http/clusters.ts'
import type { ArmedState } from '#protocol/messages.ts'
import { Pill, type Tone } from '../../../components/ui/pill.tsx'
import { clock, dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Attention } from '../attention.ts'

const PRESENCE = {
  online: { tone: 'good', icon: IconWifi },
  offline: { tone: 'bad', icon: IconPlugConnectedX },
  never: { tone: 'calm', icon: IconPlugConnected },
} as const satisfies Record<Cluster['presence'], { tone: Tone; icon: Icon }>

export function PresencePill({ presence }: { presence: Cluster['presence'] }) {
  const { t } = useTranslation()
  return <Pill {...PRESENCE[presence]}>{t(`presence.${presence}`)}</Pill>
}

const ARMED = {
  armed: { tone: 'accent', icon: IconShieldCheck },
  fetching: { tone: 'calm', icon: IconDownload },
  missing: { tone: 'bad', icon: IconFileX },
  'clock-bad': { tone: 'bad', icon: IconClockExclamation },
  unknown: { tone: 'odd', icon: IconQuestionMark },
} as const satisfies Record<ArmedState | 'unknown', { tone: Tone; icon: Icon }>

export function ArmedPill({ state }: { state: ArmedState | null }) {
  const { t } = useTranslation()
  return <Pill {...ARMED[state ?? 'unknown']}>{t(`armed.${state ?? 'unknown'}`)}</Pill>
}

/** Why the cluster needs a person, in one sentence with an icon. */
export function AttentionText({ cluster, attention }: { cluster: Cluster; attention: Attention }) {
  const { t } = useTranslation()
  const time = cluster.next ? clock(cluster.next.startAt) : ''
  switch (attention) {
    case 'offline':
      return (
        <Pill tone="bad" icon={IconPlugConnectedX}>
          {t('attention.offline', { time: cluster.lastSeenAt ? dateTime(cluster.lastSeenAt) : '–' })}
        </Pill>
      )
    case 'never':
      return (
        <Pill tone="calm" icon={IconPlugConnected}>
          {t('attention.offlineNever')}
        </Pill>
      )
    case 'not-armed':
      return (
        <Pill tone="warn" icon={IconAlertTriangle}>
          {t('attention.notArmed', { time })}
        </Pill>
      )
    case 'missing':
      return (
        <Pill tone="bad" icon={IconFileX}>
          {t('attention.missing', { time })}
        </Pill>
      )
    case 'clock-bad':
      return (
        <Pill tone="bad" icon={IconClockExclamation}>
          {t('attention.clockBad', { time })}
        </Pill>
      )
  }
}

/** `bản 7`, or what it holds against what it should. */
export function PlanVersion({ version }: { version: Cluster['planVersion'] }) {
  const { t } = useTranslation()
  if (version.held === 0) return <>{t('cluster.planNone')}</>
  return <>{t(version.held === version.wanted ? 'cluster.planCurrent' : 'cluster.planStale', version)}</>
}
