import { type Icon, IconAntenna, IconCalendarX, IconCircleCheck, IconClock } from '@tabler/icons-react'
import type { BROADCAST_STATUSES } from '#protocol/http/broadcasts.ts'
import { Pill, type Tone } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'

type Status = (typeof BROADCAST_STATUSES)[number]

const LOOK = {
  planned: { tone: 'calm', icon: IconClock },
  airing: { tone: 'accent', icon: IconAntenna },
  closed: { tone: 'good', icon: IconCircleCheck },
  cancelled: { tone: 'calm', icon: IconCalendarX },
} as const satisfies Record<Status, { tone: Tone; icon: Icon }>

export function BroadcastStatusPill({ status }: { status: Status }) {
  const { t } = useTranslation()
  return <Pill {...LOOK[status]}>{t(`broadcastStatus.${status}`)}</Pill>
}
