import type { Language } from '../i18n/language.ts'

/** Vietnam has one civil time; a station whose settings say otherwise is shown in that one. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh'

const LOCALE: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' }

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(LOCALE[language], { timeZone: TIME_ZONE, ...options })
  formats.set(key, made)
  return made
}

type When = number | string
const instant = (when: When): Date => new Date(when)

/** `17:00`, or `17:00:30` where the seconds say something. */
export function clock(when: When, options: { seconds?: boolean } = {}): string {
  const at = instant(when)
  const seconds = options.seconds ?? at.getUTCSeconds() !== 0
  return format('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at)
}

/** `Thứ Hai, 23/11/2026` */
export const longDate = (when: When, language: Language): string =>
  capital(
    format(language, { weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' }).format(instant(when)),
  )

/** `23/11` */
export const shortDate = (when: When): string =>
  format('en', { day: '2-digit', month: '2-digit' }).format(instant(when))

/** `23/11/2026 17:00` */
export const dateTime = (when: When): string =>
  `${format('en', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(instant(when))} ${clock(when, { seconds: false })}`

/** `23/11/2026` of a local date. */
export const plainDate = (date: string): string => date.split('-').reverse().join('/')

/** Local civil date, `2026-11-23`. */
export function localDate(when: When): string {
  const parts = format('en', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(instant(when))
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Vietnam has kept UTC+7 without clock changes since 1975. */
const OFFSET = '+07:00'
export const DAY_MS = 86_400_000

/** The instant at which a local date begins. */
export const startOfDay = (date: string): number => Date.parse(`${date}T00:00:00${OFFSET}`)

/** The instant of a local date and time, `2026-11-24` and `05:30`. */
export const instantAt = (date: string, time: string): string => new Date(`${date}T${time}${OFFSET}`).toISOString()

/** The first and the last local date of a month, `2026-11`. */
export const monthOf = (month: string): { from: string; to: string } => ({
  from: `${month}-01`,
  to: addDays(`${addMonths(month, 1)}-01`, -1),
})

/** Moves a month by whole months. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7)
}

/** Moves a local date by whole days. */
export const addDays = (date: string, days: number): string => localDate(startOfDay(date) + days * DAY_MS + DAY_MS / 2)

/** The Monday of the week of a local date. */
export const mondayOf = (date: string): string => addDays(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7))

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
