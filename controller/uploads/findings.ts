import { z } from 'zod'
import { messageOf } from '../messages.ts'

/** A key of the catalogue and the values for its sentence: why a sound was refused, or what was noticed about it. */
const Finding = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type Finding = z.infer<typeof Finding>

const Findings = z.array(Finding)

/** As sentences for people. */
export const sentencesOf = (findingsJson: string): string[] =>
  Findings.parse(JSON.parse(findingsJson)).map(({ key, values }) => messageOf(key, values))
