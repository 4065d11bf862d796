import { type Icon, IconBell, IconFlag, IconUrgent } from '@tabler/icons-react'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import { useTranslation } from '../lib/i18n/index.ts'
import { Pill, type Tone } from './ui/pill.tsx'

const CLASS = {
  ordinary: { tone: 'calm', icon: IconBell },
  priority: { tone: 'accent', icon: IconFlag },
  emergency: { tone: 'bad', icon: IconUrgent },
} as const satisfies Record<BulletinClass, { tone: Tone; icon: Icon }>

export function BulletinClassPill({ value }: { value: BulletinClass }) {
  const { t } = useTranslation()
  return <Pill {...CLASS[value]}>{t(`bulletinClass.${value}`)}</Pill>
}
