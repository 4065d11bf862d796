import * as Astronomy from 'astronomy-engine'
import type { LunarDate } from '#protocol/rules/lunar.ts'

const DAY_MS = 86_400_000
/** The calendar's meridian is 105° east: civil midnight is 17:00 UTC of the day before. */
const OFFSET_MS = 7 * 3_600_000
const FROM = Date.UTC(1998, 10, 1)
const UNTIL = Date.UTC(2102, 1, 1)

const civilDate = (instant: Date): string => new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10)
const dayAfter = (date: string): string => new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10)

/** The civil dates on which the moon is new. */
function newMoons(): string[] {
  const dates: string[] = []
  for (let from = new Date(FROM); ; ) {
    const moon = Astronomy.SearchMoonPhase(0, from, 40)
    if (!moon || moon.date.getTime() > UNTIL) return dates
    dates.push(civilDate(moon.date))
    from = new Date(moon.date.getTime() + 25 * DAY_MS)
  }
}

/** The civil dates on which the sun's longitude is a multiple of 30°, each with how many times 30°. */
function principalTerms(): Map<string, number> {
  const terms = new Map<string, number>()
  for (let year = 1998; year <= 2101; year++) {
    for (let nth = 0; nth < 12; nth++) {
      const from = new Date(Date.UTC(year, 2, 15) + nth * 30.4 * DAY_MS)
      const at = Astronomy.SearchSunLongitude(nth * 30, from, 15)
      if (!at) throw new Error(`the sun misses ${nth * 30}° in ${year}`)
      terms.set(civilDate(at.date), nth)
    }
  }
  return terms
}

/**
 * The rules of the calendar, read out loud over the sky: a month begins on the date of a new moon; the winter solstice
 * lies in the eleventh; where thirteen months lie between two solstices, the first without a principal term is a leap
 * month. Positions come from astronomy-engine (VSOP87 and a lunar theory, Espenak's and Meeus' ΔT).
 */
function lunarDates(): Map<string, LunarDate> {
  const terms = principalTerms()
  const moons = newMoons()
  const months = moons.slice(0, -1).map((first, i) => {
    const dates: string[] = []
    for (let date = first; date !== moons[i + 1]; date = dayAfter(date)) dates.push(date)
    const found = dates.flatMap((date) => terms.get(date) ?? [])
    return { dates, hasTerm: found.length > 0, isEleventh: found.includes(9) }
  })
  const solstices = months.flatMap(({ isEleventh }, i) => (isEleventh ? [i] : []))
  const calendar = new Map<string, LunarDate>()
  let year = 1998
  for (const [nth, from] of solstices.entries()) {
    const until = solstices[nth + 1]
    if (until === undefined) break
    const isLong = until - from === 13
    const leap = isLong ? months.findIndex(({ hasTerm }, i) => i > from && i < until && !hasTerm) : -1
    let month = 10
    for (let i = from; i < until; i++) {
      if (i !== leap) month = (month % 12) + 1
      if (month === 1 && i !== leap) year++
      const here = { month, isLeap: i === leap, year }
      for (const [index, date] of (months[i]?.dates ?? []).entries()) calendar.set(date, { day: index + 1, ...here })
    }
  }
  return calendar
}

/** Việt Nam's lunar date of every civil date from Tết 1999 to the end of lunar 2100. */
export const SKY: ReadonlyMap<string, LunarDate> = lunarDates()

/** How many days the lunar month of a date has. */
export function monthLengthInSky(date: string): number {
  let last = date
  while (SKY.get(dayAfter(last)) && SKY.get(dayAfter(last))?.day !== 1) last = dayAfter(last)
  return SKY.get(last)?.day ?? 0
}
