import { z } from 'zod'
import { AreaCode, BulletinId, ClusterId, ProgrammeId } from '../ids.ts'
import { IsoInstant, LocalDate, LocalTime, line, PageQuery } from './common.ts'

/** Who hears it: whole areas, single clusters, minus exclusions. */
export const Targets = z.object({
  areas: z.array(AreaCode).max(500),
  clusters: z.array(ClusterId).max(2_000).default([]),
  exclude: z.array(ClusterId).max(2_000).default([]),
})
export type Targets = z.infer<typeof Targets>

export const RundownItem = z.object({
  kind: z.literal('bulletin'),
  bulletinId: BulletinId,
  /** Air only the first so many milliseconds. */
  excerptMs: z.int().min(1_000).max(10_800_000).optional(),
})
export type RundownItem = z.infer<typeof RundownItem>

export const CreateProgramme = z.object({
  name: line(200),
  /** The commune whose station airs it. */
  areaCode: AreaCode,
  startsOn: LocalDate,
  startTime: LocalTime,
  /** RFC 5545 RRULE value; null: once. */
  rrule: z.string().max(500).nullable().default(null),
  skip: z.array(LocalDate).max(400).default([]),
  maxMinutes: z.int().min(1).max(180).default(60),
  targets: Targets,
  rundown: z.array(RundownItem).min(1).max(50),
})
export type CreateProgramme = z.infer<typeof CreateProgramme>
/** What a client sends: defaults may be left out. */
export type CreateProgrammeInput = z.input<typeof CreateProgramme>

export const Programme = CreateProgramme.extend({
  id: ProgrammeId,
  status: z.enum(['active', 'ended']),
  createdByName: z.string(),
  createdAt: IsoInstant,
  /** Next start, when there is one in the planning window. */
  nextStartAt: IsoInstant.nullable(),
  /** What to know of its sessions to come, in sentences: of bulletins that were withdrawn or will expire. */
  warnings: z.array(z.string()),
})
export type Programme = z.infer<typeof Programme>

export const ProgrammeQuery = PageQuery.extend({ areaCode: AreaCode.optional() })
