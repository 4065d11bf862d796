import {
  type Icon,
  IconAlertTriangle,
  IconBan,
  IconCalendarCheck,
  IconCalendarOff,
  IconCircleCheck,
  IconClockPause,
  IconHourglass,
  IconX,
} from '@tabler/icons-react'
import type { InboxItem, InboxState } from '#protocol/http/inbox.ts'
import { Pill, type Tone } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'

const STATE = {
  waiting: { tone: 'warn', icon: IconHourglass },
  placed: { tone: 'good', icon: IconCalendarCheck },
  postponed: { tone: 'calm', icon: IconClockPause },
  declined: { tone: 'calm', icon: IconX },
  aired: { tone: 'good', icon: IconCircleCheck },
  withdrawn: { tone: 'bad', icon: IconBan },
  expired: { tone: 'calm', icon: IconCalendarOff },
} as const satisfies Record<InboxState, { tone: Tone; icon: Icon }>

/** What the commune has made of it, and what somebody above should look at. */
export function InboxStatePills({ item }: { item: Pick<InboxItem, 'state' | 'isUrgent' | 'isOverdue'> }) {
  const { t } = useTranslation()
  return (
    <>
      {item.isUrgent && (
        <Pill tone="bad" icon={IconAlertTriangle}>
          {t('inbox.state.urgent')}
        </Pill>
      )}
      {item.isOverdue && (
        <Pill tone="bad" icon={IconAlertTriangle}>
          {t('inbox.state.overdue')}
        </Pill>
      )}
      <Pill {...STATE[item.state]}>{t(`inbox.state.${item.state}`)}</Pill>
    </>
  )
}
