import type { Generated } from 'kysely'
import type { CancelledBy, DeliveryState } from '#protocol/http/broadcasts.ts'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import type { ExemptionState } from '#protocol/http/exemptions.ts'
import type { InboxState } from '#protocol/http/inbox.ts'
import type { ChimeKind } from '#protocol/http/programmes.ts'
import type { BroadcastId, BulletinId, BulletinVersionId, ClusterId, ExemptionId, ProgrammeId } from '#protocol/ids.ts'
import type { Level } from '#protocol/rules/ladder.ts'
import type { Fill } from '#protocol/rules/rundown.ts'

/** The audio that a broadcast's items name, to be asked for by its hash. */
export interface BroadcastAudioTable {
  broadcastId: BroadcastId
  sha256: string
}

/** A chime of ours as a file of its own. */
export interface BuiltInChimeTable {
  kind: ChimeKind
  sha256: string
}

/** The speech of a file without the chimes around it. */
export interface SpeechCutTable {
  sourceSha256: string
  /** Null: there is nothing around it. */
  sha256: string | null
}

/** A stream that stations may relay. */
export interface RelayTable {
  name: string
  title: string
  url: string
  codec: string
}

export interface ProgrammeTable {
  id: ProgrammeId
  areaCode: string
  name: string
  startsOn: string
  startTime: string
  /** The rest of its calendar. */
  calendarJson: string
  /** The last local date on which it can take place; null: no end. */
  endsOn: string | null
  key: string | null
  revision: number
  maxMinutes: number
  targetsJson: string
  rundownJson: string
  status: 'active' | 'ended'
  createdBy: string
  createdByName: string
  createdAt: number
  updatedAt: number
}

/** Which bulletins a programme airs, or has aired. */
export interface ProgrammeBulletinTable {
  programmeId: ProgrammeId
  bulletinId: BulletinId
  /** 0: not in its rundown, but in one session or in the past. */
  isNamed: Generated<number>
}

/** A bulletin that somebody, or the system, has put into one session of a programme. */
export interface PlacementTable {
  programmeId: ProgrammeId
  originalDate: string
  bulletinId: BulletinId
  /** Among the placed ones of the session. */
  position: number
  /** Null: the system. */
  placedBy: string | null
  placedByName: string
  placedAt: number
  /** 1: whoever placed it knew that the session is full; what came before it gives way. */
  isInsisted: Generated<number>
  /** 1: the rundown has it anyway, this row only says where it stands. */
  isOrderOnly: Generated<number>
}

/** A bulletin that has come to a commune, and what the commune has made of it. */
export interface InboxItemTable {
  areaCode: string
  bulletinId: BulletinId
  /** Of the approved version. */
  class: Exclude<BulletinClass, 'emergency'>
  /** 1: the commune has written it itself. */
  isOwn: number
  state: InboxState
  /** 1: a priority bulletin that no session of the coming days can take. */
  isUrgent: number
  arrivedAt: number
  /** When somebody above sees that nobody has acted. */
  deadlineAt: number
  /** Postponed: the local date on which it comes back, and when that begins. */
  returnsOn: string | null
  returnsAt: number | null
  /** Null: nobody, or the system. */
  decidedBy: string | null
  decidedByName: string | null
  decidedAt: number | null
  reason: string | null
}

/** Who has changed a programme, and when; only ever added to. */
export interface ProgrammeChangeTable {
  id: string
  programmeId: ProgrammeId
  kind: 'series' | 'exception' | 'no-exception' | 'end'
  /** Of the one day that was made different, or like the others again. */
  date: string | null
  by: string
  byName: string
  at: number
}

/** How the deliveries of a session have ended that was not called off on their clusters; of sessions that have ended. */
export interface SessionFiguresTable {
  broadcastId: BroadcastId
  planned: number
  heardMs: number
  heard: number
  late: number
  partial: number
  interrupted: number
  missed: number
  refused: number
  unknown: number
}

/** Which versions were heard whole in a session on at least one cluster, and in which languages. */
export interface AiredBulletinTable {
  broadcastId: BroadcastId
  versionId: BulletinVersionId
  language: string
}

/** What a province, a commune or a cluster has said about when it may sound; what it leaves open it inherits. */
export interface AiringRulesTable {
  /** An area code, or the id of a cluster. */
  scope: string
  quietFrom: string | null
  quietTo: string | null
  limitsJson: string
  silencesJson: string
  holidaysJson: string
  /** Grows with each change. */
  revision: number
  updatedByName: string
  updatedAt: number
}

/** The one row of what the settings say of this installation and its stores have to know. */
export interface InstallationTable {
  id: number
  /** The night in which no account can let anything sound but an emergency. */
  nightFrom: string
  nightTo: string
}

/** With whose secret a commune's calendars may be read by a program that cannot sign in. */
export interface CalendarLinkTable {
  areaCode: string
  tokenHash: string
  createdByName: string
  createdAt: number
}

/** That some sessions may be more than the rules allow: asked for by one person, decided on by another. */
export interface ExemptionTable {
  id: ExemptionId
  areaCode: string
  /** Null: every programme of the station. */
  programmeId: ProgrammeId | null
  fromDate: string
  untilDate: string
  /** From which rules. */
  kindsJson: string
  /** How much more than these allow; what has no value is lifted whole, as all were once. */
  upToJson: string
  reason: string
  state: ExemptionState
  askedBy: string
  askedByName: string
  askedAt: number
  decidedBy: string | null
  decidedByName: string | null
  decidedAt: number | null
  revokedByName: string | null
  revokedAt: number | null
}

export interface BroadcastTable {
  id: BroadcastId
  programmeId: ProgrammeId
  /** The local date on which the series puts it: with the programme its name, whatever it is moved to. */
  originalDate: string
  areaCode: string
  startAt: number
  endAt: number
  level: Level
  status: 'planned' | 'closed' | 'cancelled'
  itemsJson: string
  fill: Fill
  /** What did not fit. */
  droppedJson: string
  /** `person`: stays cancelled; anything else: may be planned again. */
  cancelledBy: CancelledBy | null
  /** Null: nobody in person. */
  cancelledByName: string | null
  cancelledAt: number | null
  createdAt: number
  /** How often its time, its content or whether it takes place has changed, and when last. */
  revision: number
  changedAt: number
  closedAt: number | null
  reportRevision: number
}

export interface DeliveryTable {
  broadcastId: BroadcastId
  clusterId: ClusterId
  state: DeliveryState
  reason: string | null
  startedAt: number | null
  startErrorMs: number | null
  playedMs: number | null
  audible: number | null
  updatedAt: number
}
