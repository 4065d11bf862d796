import { z } from 'zod'
import { CalendarException, calendarFields, checkCalendar } from '../calendar.ts'
import { AreaCode, BulletinId, ClusterId, ProgrammeId, UploadId } from '../ids.ts'
import { IsoInstant, LocalDate, line, PageQuery } from './common.ts'
import { RelayName } from './relays.ts'

/** Who hears it: whole areas, single clusters, minus exclusions. */
export const Targets = z.object({
  areas: z.array(AreaCode).max(500),
  clusters: z.array(ClusterId).max(2_000).default([]),
  exclude: z.array(ClusterId).max(2_000).default([]),
})
export type Targets = z.infer<typeof Targets>

export const BulletinItem = z.object({
  kind: z.literal('bulletin'),
  bulletinId: BulletinId,
  /** Air only the first so many milliseconds. */
  excerptMs: z.int().min(1_000).max(10_800_000).optional(),
})
export type BulletinItem = z.infer<typeof BulletinItem>

/** What says that a session begins, and that it is over. */
export const CHIME_KINDS = ['chime', 'closing'] as const
export type ChimeKind = (typeof CHIME_KINDS)[number]
export const ChimeItem = z.object({
  kind: z.enum(CHIME_KINDS),
  /** Ours, or one that the station has brought. */
  sound: z.union([z.literal('built-in'), UploadId]),
})
export type ChimeItem = z.infer<typeof ChimeItem>

/** A stream of the administrator's list, for so long. */
export const RelayPart = z.object({
  kind: z.literal('relay'),
  relay: RelayName,
  minutes: z.int().min(1).max(180),
})
export type RelayPart = z.infer<typeof RelayPart>

/** What a session is made of, in order. In one with a chime, bulletins sound without chimes of their own. */
export const RundownItem = z.discriminatedUnion('kind', [
  BulletinItem,
  ChimeItem,
  RelayPart,
  /** Where the bulletins come that the officer has accepted into this session; at the end if no item says where. */
  z.object({ kind: z.literal('inbox') }),
])
export type RundownItem = z.infer<typeof RundownItem>

/** A name that files use for a programme of a station, and that stays when its title changes. */
export const ProgrammeKey = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'format.programmeKey')
  .max(60)

const MAX_RUNDOWN = 50

const programmeFields = {
  name: line(200),
  ...calendarFields,
  repeat: calendarFields.repeat.default({ kind: 'once' }),
  /** What a session may sound at most; what is more is left out. */
  maxMinutes: z.int().min(1).max(180).default(60),
  targets: Targets,
  rundown: z.array(RundownItem).min(1).max(MAX_RUNDOWN),
}

/** One place for accepted bulletins is enough, and chimes stand around all that is said. */
function checkRundown({ rundown }: { readonly rundown: readonly RundownItem[] }, ctx: z.RefinementCtx): void {
  const inbox = rundown.findIndex(({ kind }) => kind === 'inbox')
  for (const [i, { kind }] of rundown.entries()) {
    const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: ['rundown', i], message })
    if (kind === 'inbox' && i !== inbox) refuse('programme.inboxTwice')
    if (kind === 'chime' && i !== 0) refuse('programme.chimeNotFirst')
    if (kind === 'closing' && i !== rundown.length - 1) refuse('programme.closingNotLast')
  }
}

export const CreateProgramme = z
  .object({
    /** The commune whose station airs it. */
    areaCode: AreaCode,
    key: ProgrammeKey.nullable().default(null),
    ...programmeFields,
  })
  .superRefine(checkCalendar)
  .superRefine(checkRundown)
export type CreateProgramme = z.infer<typeof CreateProgramme>
/** What a client sends: defaults may be left out. */
export type CreateProgrammeInput = z.input<typeof CreateProgramme>

const { exceptions: _kept, ...seriesFields } = programmeFields
/** Everything but the exceptions, which stay whatever becomes of the series. */
export const PutProgramme = z
  .object({
    ...seriesFields,
    /** The revision that was read: somebody else's change in between is not overwritten. */
    revision: z.int().min(1),
  })
  .superRefine((series, ctx) => checkCalendar({ ...series, exceptions: [] }, ctx))
  .superRefine(checkRundown)
export type PutProgramme = z.infer<typeof PutProgramme>
/** What a client sends: defaults may be left out. */
export type PutProgrammeInput = z.input<typeof PutProgramme>

/** The one different day of a series that a path names by its date. */
export const PutException = z.object({ exception: CalendarException })
export const ExceptionParams = z.object({ id: ProgrammeId, date: LocalDate })

export const Programme = CreateProgramme.safeExtend({
  id: ProgrammeId,
  status: z.enum(['active', 'ended']),
  /** Grows with each change. */
  revision: z.int().min(1),
  createdByName: z.string(),
  createdAt: IsoInstant,
  /** Next start, when there is one in the planning window. */
  nextStartAt: IsoInstant.nullable(),
  /** What to know of its sessions to come, in sentences: of bulletins that were withdrawn or will expire. */
  warnings: z.array(z.string()),
})
export type Programme = z.infer<typeof Programme>

export const ProgrammeQuery = PageQuery.extend({ areaCode: AreaCode.optional() })
