import type { Line, Voices } from '../../controller/speech/speech.ts'

/** Texts for the first voice. */
export const leadLines = (...texts: readonly string[]): Line[] => texts.map((text) => ({ text, part: 'lead' }))

/** Of an engine that does not say what they sound like. */
export const TWO_VOICES: Voices = { lead: { name: 'one', sex: null }, second: { name: 'two', sex: null } }
