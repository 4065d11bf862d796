import type { Generated } from 'kysely'
import type { SoundProfile } from '#protocol/http/areas.ts'
import type { BulletinClass, BulletinStatus, DecisionKind } from '#protocol/http/bulletins.ts'
import type { UploadPurpose } from '#protocol/http/uploads.ts'
import type { BroadcastId, BulletinId, BulletinVersionId, ClusterId, UploadId } from '#protocol/ids.ts'
import type { Codec } from '#protocol/messages.ts'
import type {
  AiredBulletinTable,
  AiringRulesTable,
  BroadcastAudioTable,
  BroadcastTable,
  BuiltInChimeTable,
  CalendarLinkTable,
  DeliveryTable,
  ExemptionTable,
  InboxItemTable,
  InstallationTable,
  PlacementTable,
  ProgrammeBulletinTable,
  ProgrammeChangeTable,
  ProgrammeTable,
  RelayTable,
  SessionFiguresTable,
  SpeechCutTable,
} from './airing-tables.ts'

/**
 * Rows as they are stored: text ids, epoch-ms integers, 0/1 for booleans, JSON as text. Columns that end in `Json` are
 * parsed by a schema before anything else sees them.
 */
export interface AreaTable {
  code: string
  name: string
  kind: 'province' | 'commune'
  parentCode: string | null
  /** Lower case without diacritics, for searching. */
  searchName: string
  validFrom: string | null
  validTo: string | null
}

export interface StationTable {
  areaCode: string
  name: string
  timeZone: string
  volumeDay: number
  volumeNight: number
  voice: string
  soundProfile: SoundProfile
  /** Chimes: the built-in one, none, or what the station has brought. */
  opening: Generated<'built-in' | 'none' | 'own'>
  openingUploadId: Generated<UploadId | null>
  closing: Generated<'built-in' | 'none' | 'own'>
  closingUploadId: Generated<UploadId | null>
  bedUploadId: Generated<UploadId | null>
  /** Grows each time its sessions are planned, or what is placed in them changes. */
  planRevision: Generated<number>
  /** Names of speech engines, in order. */
  enginesJson: Generated<string>
  /** Grows each time one of its programmes changes. */
  scheduleRevision: Generated<number>
  updatedAt: number
}

export interface AccountAreaTable {
  userId: string
  areaCode: string
}

export interface InvitationTable {
  tokenHash: string
  role: string
  areaCodesJson: string
  expiresAt: number
  usedAt: number | null
  createdAt: number
}

export interface PronunciationTable {
  areaCode: string
  written: string
  spoken: string
  updatedByName: string
  updatedAt: number
}

export interface BulletinTable {
  id: BulletinId
  status: BulletinStatus
  currentVersionId: BulletinVersionId
  approvedVersionId: BulletinVersionId | null
  returnReason: string | null
  approvedBy: string | null
  approvedByName: string | null
  approvedAt: number | null
  createdBy: string
  createdByName: string
  createdAt: number
  updatedAt: number
  /** Shown nowhere any more; only what was never approved. */
  deletedAt: number | null
}

export interface BulletinVersionTable {
  id: BulletinVersionId
  bulletinId: BulletinId
  number: number
  title: string
  class: BulletinClass
  script: string
  targetsJson: string
  omitJson: string
  /** Local date from which what it tells of applies. */
  effectiveOn: string | null
  /** The last local day on which it may air. */
  expiresOn: string | null
  citesJson: string
  createdBy: string
  createdByName: string
  createdAt: number
}

/** Who has decided what on a version, and why; only ever added to. */
export interface BulletinDecisionTable {
  id: string
  bulletinId: BulletinId
  versionId: BulletinVersionId
  kind: DecisionKind | 'delete'
  by: string
  byName: string
  at: number
  reason: string | null
}

/** Targets of a version, for finding bulletins by area. */
export interface BulletinVersionTargetTable {
  versionId: BulletinVersionId
  areaCode: string
}

export interface RenditionTable {
  versionId: BulletinVersionId
  bulletinId: BulletinId
  step: 'queued' | 'speaking' | 'mixing' | 'ready' | 'failed'
  progress: number
  voice: string
  soundProfile: SoundProfile
  sha256: string | null
  failureKey: string | null
  /** Who spoke it, as in the cache keys; null before it is spoken. */
  spokenEngine: Generated<string | null>
  spokenVoice: Generated<string | null>
  /** The other voice of a script in two. */
  spokenSecond: Generated<string | null>
  /** Engines that should have spoken before, and why they did not. */
  skippedJson: Generated<string | null>
  /** Sent to engines that cost money, over all productions of the version. */
  sentCharacters: Generated<number>
  /** How many sentences it is spoken in; null before its production begins. */
  sentences: Generated<number | null>
  /** What was spoken where: stretches of the script and of the sound. Null before it is ready. */
  marksJson: Generated<string | null>
  updatedAt: number
}

/** Characters sent to a provider in a month of its own calendar. */
export interface SpeechBudgetTable {
  month: string
  family: string
  characters: number
}

export interface AudioAssetTable {
  sha256: string
  bytes: number
  ms: number
  codec: string
  loudnessLufs: number
  truePeakDbtp: number
  marksJson: string
  /** 8-bit peaks in base64; null for what was produced before they were measured. */
  peaks: Generated<string | null>
  /** How it came to be. */
  origin: Generated<'production' | UploadPurpose>
  /** When nothing was found to name it any more; null while something does. */
  unusedSince: Generated<number | null>
  createdAt: number
}

/** A file in a codec other than the default one. */
export interface AudioEncodingTable {
  sourceSha256: string
  codec: Codec
  sha256: string
}

/** A sound that somebody brings: first a file on its way, then its checking, then what became of it. */
export interface UploadTable {
  id: UploadId
  purpose: UploadPurpose
  /** Whose chime or music it is. */
  areaCode: string | null
  /** Whose recording it is, and in which language. */
  bulletinId: BulletinId | null
  language: string | null
  /** As its bringer calls it; never part of a path. */
  fileName: string
  licenceNote: string | null
  /** Length of the file that was brought, said before its first byte came. */
  announcedBytes: number
  /** `unchecked`: a fault of the server has stopped the checking, and the file is still there. */
  state: 'receiving' | 'checking' | 'unchecked' | 'ready' | 'refused'
  /** Of the checking, 0 to 1. */
  progress: number
  /** Why it was refused or not checked, or what was noticed. */
  findingsJson: string
  /** Once ready. */
  sha256: string | null
  broughtBy: string
  broughtByName: string
  createdAt: number
  updatedAt: number
}

/** A version of a bulletin spoken by a person. */
export interface RecordingTable {
  versionId: BulletinVersionId
  language: string
  uploadId: UploadId
  /** Number of the version that was read; less than the version's own where it was carried over. */
  recordedFor: number
}

export interface ClusterTable {
  id: ClusterId
  name: string
  areaCode: string
  technology: 'ip' | 'gateway-fm' | 'gateway-wired'
  latitude: number | null
  longitude: number | null
  credentialGeneration: number
  enrolledAt: number
  presence: 'never' | 'online' | 'offline'
  boot: number
  lastSeenAt: number | null
  planHeld: number
  /** What it plays, in alphabetical order: `mp3,opus`. */
  codecs: Generated<string>
  /** What else it can do, in alphabetical order: `relay`. */
  features: Generated<string>
  statusJson: string | null
}

export interface ClusterPlanTable {
  clusterId: ClusterId
  version: number
  /** Hash of what the plan says, version and issue time apart. */
  contentHash: string
  jws: string
  validUntil: number
  /** Highest version that the broker has taken. */
  publishedVersion: number
}

export interface JournalLogTable {
  clusterId: ClusterId
  logId: string
  ackedSeq: number
}

export interface JournalEntryTable {
  clusterId: ClusterId
  logId: string
  seq: number
  kind: string
  at: number
  occurrenceId: BroadcastId | null
  entryJson: string
  receivedAt: number
}

export interface SourceReportTable {
  broadcastId: BroadcastId
  revision: number
  sourceName: string
  bodyJson: string
  state: 'waiting' | 'delivered' | 'failed'
  attempts: number
  deliveredAt: number | null
  lastError: string | null
  createdAt: number
}

export interface JobTable {
  id: string
  kind: string
  dedupeKey: string
  payloadJson: string
  state: 'waiting' | 'done' | 'failed'
  attempts: number
  runAt: number
  leasedUntil: number
  leaseOwner: string | null
  lastError: string | null
  createdAt: number
  finishedAt: number | null
}

export interface EventTable {
  seq: Generated<number>
  kind: string
  ref: string
  at: number
  /** The smallest area that holds what it concerns; null: for everybody. */
  areaCode: Generated<string | null>
}

/** The tables of better-auth that we read; its own migration makes them. */
export interface AuthUserTable {
  id: string
  name: string
  username: string | null
  role: string | null
  /** Number on SQLite, boolean on PostgreSQL. */
  banned: number | boolean | null
}

export interface AuthSessionTable {
  id: string
  userId: string
  /** ISO text on SQLite, a date on PostgreSQL. */
  expiresAt: string | Date
}

export interface Tables {
  area: AreaTable
  station: StationTable
  accountArea: AccountAreaTable
  invitation: InvitationTable
  pronunciation: PronunciationTable
  bulletin: BulletinTable
  bulletinVersion: BulletinVersionTable
  bulletinVersionTarget: BulletinVersionTargetTable
  bulletinDecision: BulletinDecisionTable
  rendition: RenditionTable
  speechBudget: SpeechBudgetTable
  audioAsset: AudioAssetTable
  audioEncoding: AudioEncodingTable
  upload: UploadTable
  recording: RecordingTable
  broadcastAudio: BroadcastAudioTable
  builtInChime: BuiltInChimeTable
  programme: ProgrammeTable
  programmeBulletin: ProgrammeBulletinTable
  programmeChange: ProgrammeChangeTable
  sessionFigures: SessionFiguresTable
  airedBulletin: AiredBulletinTable
  placement: PlacementTable
  inboxItem: InboxItemTable
  calendarLink: CalendarLinkTable
  airingRules: AiringRulesTable
  exemption: ExemptionTable
  installation: InstallationTable
  broadcast: BroadcastTable
  delivery: DeliveryTable
  cluster: ClusterTable
  clusterPlan: ClusterPlanTable
  journalLog: JournalLogTable
  journalEntry: JournalEntryTable
  speechCut: SpeechCutTable
  relay: RelayTable
  sourceReport: SourceReportTable
  job: JobTable
  event: EventTable
  user: AuthUserTable
  session: AuthSessionTable
}
