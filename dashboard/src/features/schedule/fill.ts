import type { DaySession } from '#protocol/http/days.ts'

/** How much of a session's time is taken. */
export interface FillState {
  readonly word: DaySession['fill']
  readonly usedMs: number
  readonly slotMs: number
  /** 0 to 1. */
  readonly share: number
  readonly freeMs: number
}

export function fillOf(session: Pick<DaySession, 'fill' | 'startAt' | 'endAt' | 'slotEndAt'>): FillState {
  const startAt = Date.parse(session.startAt)
  const usedMs = Date.parse(session.endAt) - startAt
  const slotMs = Math.max(Date.parse(session.slotEndAt) - startAt, usedMs)
  return {
    word: session.fill,
    usedMs,
    slotMs,
    share: slotMs === 0 ? 0 : usedMs / slotMs,
    freeMs: slotMs - usedMs,
  }
}
