import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { useNow } from '../../../lib/clock.ts'
import { localDate } from '../../../lib/format/time.ts'
import { keyOf } from '../day-lane.ts'
import { isForLedger } from '../session-state.ts'

interface SessionLinkProps {
  readonly session: DaySession
  readonly areaCode: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** To the ledger of what is about to be heard or was; to the day in which all else can be laid out. */
export function SessionLink({ session, areaCode, className, children }: SessionLinkProps) {
  const now = useNow(60_000)
  if (session.broadcastId && isForLedger(session, now)) {
    return (
      <Link to="/buoi-phat/$broadcastId" params={{ broadcastId: session.broadcastId }} className={className}>
        {children}
      </Link>
    )
  }
  return (
    <Link
      to="/lich-phat/ngay/$date"
      params={{ date: localDate(session.startAt) }}
      search={{ 'dia-ban': areaCode, buoi: keyOf(session) }}
      className={className}
    >
      {children}
    </Link>
  )
}
