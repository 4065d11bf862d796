import {
  type Icon,
  IconAlertTriangle,
  IconAntenna,
  IconCalendarTime,
  IconCalendarX,
  IconCircleCheck,
  IconClockQuestion,
} from '@tabler/icons-react'
import type { DaySession } from '#protocol/http/days.ts'
import type { Tone } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { type SessionState, stateOf } from '../session-state.ts'

const LOOK = {
  planned: { tone: 'accent', icon: IconCalendarTime },
  foreseen: { tone: 'calm', icon: IconClockQuestion },
  airing: { tone: 'good', icon: IconAntenna },
  closed: { tone: 'good', icon: IconCircleCheck },
  off: { tone: 'calm', icon: IconCalendarX },
} as const satisfies Record<SessionState['kind'], { tone: Tone; icon: Icon }>

/** Icon, colour and words for what has become of a session. */
export function useSessionState(session: DaySession): { tone: Tone; icon: Icon; words: string } {
  const { t } = useTranslation()
  const state = stateOf(session)
  switch (state.kind) {
    case 'closed': {
      const words = state.total === 0 ? t('session.closedNone') : t('session.closed', state)
      return state.n < state.total ? { tone: 'warn', icon: IconAlertTriangle, words } : { ...LOOK.closed, words }
    }
    case 'off':
      return { ...LOOK.off, words: t(`cancelledBy.${state.by}`) }
    default:
      return { ...LOOK[state.kind], words: t(`session.${state.kind}`) }
  }
}
