import { z } from 'zod'
import { type CreateBulletin, OmittablePart } from '#protocol/http/bulletins.ts'
import { AreaCode } from '#protocol/ids.ts'
import type { BulletinVersionTable } from '../db/schema.ts'

const Targets = z.array(AreaCode)
const Omitted = z.array(OmittablePart)
const Cites = z.array(z.string())

/** What was written in a version. */
export const contentOf = (row: BulletinVersionTable): CreateBulletin => ({
  title: row.title,
  class: row.class,
  script: row.script,
  targets: Targets.parse(JSON.parse(row.targetsJson)),
  omit: Omitted.parse(JSON.parse(row.omitJson)),
  effectiveOn: row.effectiveOn,
  expiresOn: row.expiresOn,
  cites: Cites.parse(JSON.parse(row.citesJson)),
})
