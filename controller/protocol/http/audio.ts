import { z } from 'zod'
import { Sha256 } from '../ids.ts'

/** Stored audio as a page plays it and a cluster fetches it. */
export const PlayableAudio = z.object({
  sha256: Sha256,
  url: z.string(),
  ms: z.int(),
  bytes: z.int(),
  loudnessLufs: z.number(),
  truePeakDbtp: z.number(),
})
export type PlayableAudio = z.infer<typeof PlayableAudio>
