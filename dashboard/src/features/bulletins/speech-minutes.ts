/** Vietnamese is read at about 16 characters a second, spaces included. */
const CHARACTERS_PER_MINUTE = 950

/** A rough reading time, so that a person sees a half-hour script before the microphone does. */
export const speechMinutes = (script: string): number => Math.ceil(script.trim().length / CHARACTERS_PER_MINUTE)
