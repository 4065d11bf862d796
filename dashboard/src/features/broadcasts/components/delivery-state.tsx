import {
  type Icon,
  IconBan,
  IconCircleCheck,
  IconCircleHalf2,
  IconCircleX,
  IconClock,
  IconClockExclamation,
  IconPlayerPause,
  IconQuestionMark,
  IconShieldCheck,
  IconVolume,
} from '@tabler/icons-react'
import type { DeliveryState } from '#protocol/http/broadcasts.ts'
import { Pill, type Tone } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'

export const DELIVERY_LOOK = {
  planned: { tone: 'calm', icon: IconClock },
  armed: { tone: 'accent', icon: IconShieldCheck },
  playing: { tone: 'accent', icon: IconVolume },
  played: { tone: 'good', icon: IconCircleCheck },
  partial: { tone: 'warn', icon: IconCircleHalf2 },
  interrupted: { tone: 'warn', icon: IconPlayerPause },
  late: { tone: 'warn', icon: IconClockExclamation },
  missed: { tone: 'bad', icon: IconCircleX },
  refused: { tone: 'bad', icon: IconBan },
  unknown: { tone: 'odd', icon: IconQuestionMark },
} as const satisfies Record<DeliveryState, { tone: Tone; icon: Icon }>

export function DeliveryPill({ state }: { state: DeliveryState }) {
  const { t } = useTranslation()
  return <Pill {...DELIVERY_LOOK[state]}>{t(`deliveryState.${state}`)}</Pill>
}
