import { z } from 'zod'
import { BroadcastId, BulletinId, ClusterId, ProgrammeId } from '../ids.ts'
import { LADDER } from '../rules/ladder.ts'
import { FILLS } from '../rules/rundown.ts'
import { BROADCAST_STATUSES, BulletinPart, CancelledBy, ChimePart, DeliveryState, RelayedPart } from './broadcasts.ts'
import { BULLETIN_CLASSES } from './bulletins.ts'
import { IsoInstant, LocalDate } from './common.ts'

/** How many days one answer covers at most. */
export const MAX_DAYS = 45

export const DaysQuery = z.object({
  /** Local dates, both included. */
  from: LocalDate,
  to: LocalDate,
})

/** Something that a session has to put up with because of another. */
export const Collision = z.object({
  /** The other one. */
  programmeId: ProgrammeId,
  programmeName: z.string(),
  startAt: IsoInstant,
  kind: z.enum(['waits', 'pauses', 'cut', 'skipped', 'refused']),
  /** How long it waits or pauses. */
  ms: z.int().nullable(),
})
export type Collision = z.infer<typeof Collision>

export const DayBulletin = BulletinPart.extend({
  /** Null: not known any more. */
  class: z.enum(BULLETIN_CLASSES).nullable(),
  /** Put into this session alone. */
  isPlaced: z.boolean(),
})
export type DayBulletin = z.infer<typeof DayBulletin>

/** A session of a day: as it is planned, was, or is foreseen by its programme. */
export const DaySession = z.object({
  programmeId: ProgrammeId,
  programmeName: z.string(),
  /** The local date on which its series puts it; with the programme its name for ever. */
  originalDate: LocalDate,
  /** Null while it is only foreseen. */
  broadcastId: BroadcastId.nullable(),
  /** `barred`: its programme has it, but it must not or cannot be heard; `cancelledBy` says why. */
  status: z.enum([...BROADCAST_STATUSES, 'foreseen', 'barred']),
  cancelledBy: CancelledBy.nullable(),
  startAt: IsoInstant,
  /** The end of its sound. */
  endAt: IsoInstant,
  /** The end of the time that its programme has. */
  slotEndAt: IsoInstant,
  level: z.enum(LADDER),
  /** The start that it was moved away from. */
  movedFrom: IsoInstant.nullable(),
  /** Something else than its programme's rundown airs. */
  isReplaced: z.boolean(),
  /** What sounds in it, one after the other. */
  rundown: z.array(z.discriminatedUnion('kind', [DayBulletin, ChimePart, RelayedPart])),
  fill: z.enum(FILLS),
  dropped: z.array(z.object({ bulletinId: BulletinId.nullable(), title: z.string(), ms: z.int() })),
  collisions: z.array(Collision),
  tally: z.partialRecord(DeliveryState, z.int()),
})
export type DaySession = z.infer<typeof DaySession>

/** A session that its series has on a day, and that does not take place there. */
export const DayAbsence = z.object({
  programmeId: ProgrammeId,
  programmeName: z.string(),
  kind: z.enum(['skipped', 'moved-away', 'holiday']),
  /** What whoever skipped it has said, or the name of the holiday. */
  reason: z.string().nullable(),
  /** Where it was moved to. */
  movedTo: IsoInstant.nullable(),
})
export type DayAbsence = z.infer<typeof DayAbsence>

export const StationDay = z.object({
  date: LocalDate,
  /** In the calendar of Việt Nam; null outside of what is known of it. */
  lunar: z.object({ day: z.int(), month: z.int(), isLeap: z.boolean() }).nullable(),
  /** Name of the public holiday. */
  holiday: z.string().nullable(),
  silences: z.array(
    z.object({
      from: IsoInstant,
      until: IsoInstant,
      reason: z.string(),
      clusters: z.union([z.literal('all'), z.array(ClusterId)]),
    }),
  ),
  /** In order of their starts. */
  sessions: z.array(DaySession),
  /** Of programmes that still run. */
  absences: z.array(DayAbsence),
})
export type StationDay = z.infer<typeof StationDay>

export const StationDays = z.object({
  timeZone: z.string(),
  quietHours: z.object({ from: z.string(), to: z.string() }),
  days: z.array(StationDay),
})
export type StationDays = z.infer<typeof StationDays>
