import { z } from 'zod'
import { AreaCode, UploadId } from '../ids.ts'
import { QuietHours, SetQuietHours } from './airing-rules.ts'
import { line } from './common.ts'

export const Area = z.object({
  code: AreaCode,
  name: z.string(),
  kind: z.enum(['province', 'commune']),
  /** Province of a commune; null for a province. */
  parentCode: AreaCode.nullable(),
})
export type Area = z.infer<typeof Area>

export const AreaQuery = z.object({
  /** Communes of this province. */
  parent: AreaCode.optional(),
  /** Part of the name, with or without diacritics. */
  q: line(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
})

/** How speech is shaped before it is levelled: for horn loudspeakers on poles, or not at all. */
export const SOUND_PROFILES = ['horn', 'flat'] as const
export const SoundProfile = z.enum(SOUND_PROFILES)
export type SoundProfile = z.infer<typeof SoundProfile>

/** What sounds before or after the speech: the built-in chime, nothing, or one that the station has brought. */
export const ChimeChoice = z.union([z.enum(['built-in', 'none']), UploadId])
export type ChimeChoice = z.infer<typeof ChimeChoice>

/** What sounds around the speech of bulletins for this station alone; those for several have the built-in chimes. */
export const StationMusic = z.object({
  opening: ChimeChoice,
  closing: ChimeChoice,
  /** Music beneath the speech, which the station has brought. */
  bed: UploadId.nullable(),
})
export type StationMusic = z.infer<typeof StationMusic>

const MAX_ENGINES = 10

/** Names of speech engines in the order in which a script is tried with them; none: the order of the installation. */
export const StationEngines = z
  .array(line(40))
  .max(MAX_ENGINES, 'station.enginesTooMany')
  .refine((names) => new Set(names).size === names.length, 'station.engineTwice')
  .readonly()

/** Settings of a commune station. */
export const Station = z.object({
  areaCode: AreaCode,
  areaName: z.string(),
  name: line(200),
  timeZone: z.string(),
  /** Those that hold for all of its clusters, whoever has said them. */
  quietHours: QuietHours,
  volume: z.object({ day: z.int().min(0).max(100), night: z.int().min(0).max(100) }),
  voice: z.string(),
  /** Takes effect with the next production. */
  soundProfile: SoundProfile.default('horn'),
  /** Takes effect with the next production. */
  music: StationMusic.default({ opening: 'built-in', closing: 'built-in', bed: null }),
  /** Takes effect with the next production. */
  engines: StationEngines.default([]),
})
export type Station = z.infer<typeof Station>

export const PutStation = Station.omit({ areaCode: true, areaName: true }).extend({
  /** The commune's own; null: as its province says; left out: as before. */
  quietHours: SetQuietHours.nullable().optional(),
})
export type PutStation = z.infer<typeof PutStation>
