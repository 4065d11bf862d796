import { useNow } from '../../lib/clock.ts'
import { countdown } from '../../lib/format/countdown.ts'
import { useLanguage } from '../../lib/i18n/index.ts'

/** Time left, quietly: words while it is far, a clock in the last hour. Not announced, it would never stop talking. */
export function Countdown({ to, arrived }: { to: number; arrived: string }) {
  const now = useNow(1000)
  const language = useLanguage()
  return (
    <span role="timer" aria-live="off">
      {to <= now ? arrived : countdown(to - now, language)}
    </span>
  )
}
