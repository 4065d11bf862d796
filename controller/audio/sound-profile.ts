import type { SoundProfile } from '#protocol/http/areas.ts'
import { createHornShaper, type Shaper } from './horn.ts'

/** Null where speech is left as it is. */
export const createShaper = (profile: SoundProfile, sampleRate: number): Shaper | null =>
  profile === 'horn' ? createHornShaper(sampleRate) : null
