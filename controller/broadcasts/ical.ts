/** One event of an RFC 5545 calendar; instants in epoch ms. */
export interface CalendarEvent {
  /** The same for ever, whatever becomes of the event. */
  readonly uid: string
  readonly startAt: number
  readonly endAt: number
  readonly modifiedAt: number
  /** Grows with each change. */
  readonly sequence: number
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  readonly summary: string
  readonly description: string
  readonly location: string
}

/** A calendar that programs fetch again and again: UTC throughout, so that it needs no definition of a zone. */
export function writeCalendar(name: string, timeZone: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Loa Xa//Calendar//VI',
    'CALSCALE:GREGORIAN',
    `NAME:${textOf(name)}`,
    `X-WR-CALNAME:${textOf(name)}`,
    `X-WR-TIMEZONE:${textOf(timeZone)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

const eventLines = (event: CalendarEvent): string[] => [
  'BEGIN:VEVENT',
  `UID:${textOf(event.uid)}`,
  `DTSTAMP:${utc(event.modifiedAt)}`,
  `LAST-MODIFIED:${utc(event.modifiedAt)}`,
  `SEQUENCE:${event.sequence}`,
  `DTSTART:${utc(event.startAt)}`,
  `DTEND:${utc(event.endAt)}`,
  `STATUS:${event.status}`,
  `SUMMARY:${textOf(event.summary)}`,
  ...(event.description === '' ? [] : [`DESCRIPTION:${textOf(event.description)}`]),
  `LOCATION:${textOf(event.location)}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/** `20261123T053000Z`. */
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** RFC 5545 §3.3.11: a text has line breaks of its own, and no other control characters. */
const textOf = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** RFC 5545 §3.1: no line is longer than 75 octets, and none is broken within a character. */
const MAX_OCTETS = 75

function fold(line: string): string {
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}
