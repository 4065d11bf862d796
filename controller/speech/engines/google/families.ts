/** Google's kinds of Vietnamese voice. They differ in sound, in price and in quota, so each has a budget of its own. */
export const GOOGLE_FAMILIES = ['standard', 'wavenet', 'neural2', 'chirp3-hd'] as const
export type GoogleFamily = (typeof GOOGLE_FAMILIES)[number]

/** A voice and what it is billed as. */
export interface VoiceInFamily {
  readonly voice: string
  readonly family: GoogleFamily
}

/** The only language that is asked for. */
export const LANGUAGE = 'vi-VN'

/** The family in a voice's name, such as `vi-VN-Neural2-A`; null for a kind that nobody has given a budget. */
export function familyOf(voice: string): GoogleFamily | null {
  const kind = new RegExp(`^${LANGUAGE}-(.+)-\\w+$`).exec(voice)?.[1]?.toLowerCase()
  return GOOGLE_FAMILIES.find((family) => family === kind) ?? null
}
