import { civilTime } from '#protocol/rules/civil-time.ts'
import { dayMonthYear } from '../../iso.ts'
import { HOUR, MINUTE, SECOND } from '../../units.ts'

/** An instant as people of a zone say it. */
export interface Spoken {
  /** `05:30 ngày 24/11/2026` */
  moment(at: number): string
  /** `24/11/2026` */
  day(at: number): string
}

export function speakTime(timeZone: string): Spoken {
  const day = (at: number): string => dayMonthYear(civilTime(at, timeZone).date)
  return { day, moment: (at) => `${civilTime(at, timeZone).time.slice(0, 5)} ngày ${day(at)}` }
}

/** `2 giờ 5 phút`, `1 phút 30 giây`, `40 giây`: the two largest units that say something. */
export function spokenLength(ms: number): string {
  const total = Math.max(0, Math.round(ms / SECOND)) * SECOND
  const [hours, minutes, seconds] = [
    Math.floor(total / HOUR),
    Math.floor((total % HOUR) / MINUTE),
    (total % MINUTE) / SECOND,
  ]
  const parts = [
    hours > 0 ? `${hours} giờ` : '',
    minutes > 0 ? `${minutes} phút` : '',
    seconds > 0 && hours === 0 ? `${seconds} giây` : '',
  ].filter((part) => part !== '')
  return parts.join(' ') || '0 giây'
}
