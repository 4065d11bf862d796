import type { SessionPart } from '#protocol/http/broadcasts.ts'
import { useTranslation } from '../lib/i18n/index.ts'

const MINUTE = 60_000

/** What is said of a part of a session that is no bulletin. */
export function usePartWords(): (part: Exclude<SessionPart, { kind: 'bulletin' }>) => string {
  const { t } = useTranslation()
  return (part) => {
    if (part.kind === 'relay') return t('broadcast.relay', { title: part.title, minutes: Math.round(part.ms / MINUTE) })
    return t(`broadcast.${part.title === null ? part.kind : (`${part.kind}Of` as const)}`, { title: part.title })
  }
}
