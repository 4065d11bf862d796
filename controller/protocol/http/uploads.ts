import { z } from 'zod'
import { AreaCode, BulletinId, UploadId } from '../ids.ts'
import { LANGUAGES } from '../languages.ts'
import { PlayableAudio } from './audio.ts'
import { IsoInstant, line } from './common.ts'

/** Bounds of one file, for the server that refuses and for the screen that says so before. */
export const MAX_UPLOAD_BYTES = 200 * 1024 * 1024
export const MAX_UPLOAD_MS = 3 * 3_600_000
/** What the file dialogue offers; what a file really is, its content says. WebM and Ogg come from browsers' microphones. */
export const UPLOAD_EXTENSIONS = ['.mp3', '.wav', '.m4a', '.ogg', '.oga', '.opus', '.flac', '.webm', '.mp4'] as const

/** What a sound is brought for: a bulletin in some language, or a station's chimes and the music beneath its speech. */
export const UPLOAD_PURPOSES = ['recording', 'chime', 'bed'] as const
export const UploadPurpose = z.enum(UPLOAD_PURPOSES)
export type UploadPurpose = z.infer<typeof UploadPurpose>

/** The name as people see it; whatever folders a client put before it are dropped. It is never part of a path. */
const FileName = z
  .string()
  .max(2_000)
  .transform((name) => name.replace(/^.*[/\\]/s, ''))
  .pipe(line(200))

/** BCP 47 code of one of Vietnam's languages. */
export const LanguageCode = z.enum(LANGUAGES.map(({ code }) => code))
export type LanguageCode = z.infer<typeof LanguageCode>

/** Where a chime or a piece of music comes from, and that the station may use it. */
const LicenceNote = line(500)

/** The `Upload-Metadata` of tus: what a file is for. */
export const UploadMetadata = z.discriminatedUnion('purpose', [
  z.object({
    purpose: z.literal('recording'),
    fileName: FileName,
    bulletinId: BulletinId,
    language: LanguageCode,
  }),
  z.object({
    purpose: z.enum(['chime', 'bed']),
    fileName: FileName,
    areaCode: AreaCode,
    licenceNote: LicenceNote,
  }),
])
export type UploadMetadata = z.infer<typeof UploadMetadata>

/** A sound that somebody has brought, from its last byte on. */
export const BroughtSound = z.object({
  id: UploadId,
  /** `unchecked`: a fault of the server has stopped the checking; the file is kept and can be checked again. */
  state: z.enum(['checking', 'unchecked', 'ready', 'refused']),
  /** Of the checking, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** When ready. */
  audio: PlayableAudio.nullable(),
  /** Why it was refused or not checked, or what was noticed about it, in words. */
  notes: z.array(z.string()),
  fileName: z.string(),
  broughtByName: z.string(),
  broughtAt: IsoInstant,
})
export type BroughtSound = z.infer<typeof BroughtSound>

/** A bulletin spoken by a person. */
export const Recording = BroughtSound.extend({
  language: z.string(),
  /** Number of the version that was read; an earlier one where the recording was carried over: is it still right? */
  recordedFor: z.int(),
  /** The one that takes its place once it is found fit to air; or why it was not. This one stays in use until then. */
  replacement: BroughtSound.nullable(),
})
export type Recording = z.infer<typeof Recording>

/** Languages in which one version may be recorded. */
export const MAX_RECORDINGS = 12

/** A chime or a piece of music in the library of a station. */
export const Asset = BroughtSound.extend({
  purpose: z.enum(['chime', 'bed']),
  areaCode: AreaCode,
  licenceNote: z.string(),
})
export type Asset = z.infer<typeof Asset>

export const AssetQuery = z.object({ areaCode: AreaCode, purpose: z.enum(['chime', 'bed']).optional() })
