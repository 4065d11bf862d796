const list = (item: string): string => `${item}(,${item})*`
const upTo = (pattern: string): string => list(`[+-]?(${pattern})`)

/**
 * The parts of RFC 5545 that a programme's rule may have, with what each may say. A programme has one start time, so its
 * rule counts in days or longer; the library lets what it does not understand pass without effect. RSCALE (RFC 7529) is
 * not among them: the Chinese calendar of ICU puts Tết 2027 on the 7th of February, and Việt Nam keeps its own.
 */
const PARTS: Readonly<Record<string, string>> = {
  FREQ: 'DAILY|WEEKLY|MONTHLY|YEARLY',
  INTERVAL: '[1-9]\\d{0,3}',
  COUNT: '[1-9]\\d{0,4}',
  UNTIL: '\\d{8}(T\\d{6}Z?)?',
  BYDAY: list('([+-]?([1-9]|[1-4]\\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)'),
  BYMONTHDAY: upTo('[1-9]|[12]\\d|3[01]'),
  BYMONTH: list('([1-9]|1[0-2])'),
  BYYEARDAY: upTo('[1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6]'),
  BYWEEKNO: upTo('[1-9]|[1-4]\\d|5[0-3]'),
  BYSETPOS: upTo('[1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6]'),
  WKST: 'MO|TU|WE|TH|FR|SA|SU',
}

/** Whether a text is the value of an RRULE that a programme can have, e.g. `FREQ=WEEKLY;BYDAY=MO,WE`. */
export function isProgrammeRule(rrule: string): boolean {
  const parts = rrule.split(';').map((part) => part.split('='))
  const names = new Set(parts.map(([name = '']) => name))
  if (names.size !== parts.length || !names.has('FREQ')) return false
  return parts.every(([name = '', value = '', ...rest]) => {
    const pattern = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
    return pattern !== undefined && rest.length === 0 && new RegExp(`^(${pattern})$`).test(value)
  })
}
