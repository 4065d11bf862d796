import { type Icon, IconArrowBackUp, IconBan, IconCircleCheck, IconHourglass, IconPencil } from '@tabler/icons-react'
import type { BulletinStatus } from '#protocol/http/bulletins.ts'
import { Pill, type Tone } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'

const STATUS = {
  draft: { tone: 'calm', icon: IconPencil },
  pending: { tone: 'warn', icon: IconHourglass },
  approved: { tone: 'good', icon: IconCircleCheck },
  returned: { tone: 'bad', icon: IconArrowBackUp },
  withdrawn: { tone: 'bad', icon: IconBan },
} as const satisfies Record<BulletinStatus, { tone: Tone; icon: Icon }>

export function BulletinStatusPill({ status }: { status: BulletinStatus }) {
  const { t } = useTranslation()
  return <Pill {...STATUS[status]}>{t(`bulletinStatus.${status}`)}</Pill>
}
