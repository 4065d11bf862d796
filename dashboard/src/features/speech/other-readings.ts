import type { SpokenSpan } from '#protocol/http/speech.ts'

/** The readings to choose from besides the current one; capitals are not heard. */
export function otherReadings({ reading, alternatives }: Pick<SpokenSpan, 'reading' | 'alternatives'>): string[] {
  const heard = new Set([soundOf(reading)])
  return alternatives.filter((each) => {
    const sound = soundOf(each)
    if (sound === '' || heard.has(sound)) return false
    heard.add(sound)
    return true
  })
}

const soundOf = (reading: string): string => reading.normalize('NFC').trim().toLowerCase()
