import type { ClusterSettings } from '#protocol/messages.ts'
import { isQuiet } from '#protocol/rules/quiet-hours.ts'

const UNPLANNED_VOLUME = 50

/** What sounds now: the cap of the hour from the signed settings, or less when a command turned it down. */
export function volumeAt(now: number, settings: ClusterSettings | undefined, wanted: number | null): number {
  if (!settings) return wanted ?? UNPLANNED_VOLUME
  const isNight = isQuiet(now, settings.quietHours, settings.timeZone)
  const cap = isNight ? settings.volume.night : settings.volume.day
  return Math.min(cap, wanted ?? cap)
}
