import { z } from 'zod'
import { messageOf } from '../messages.ts'

/** Why a source has not taken a report, as people are told it. What the network said has addresses in it: the log has it. */
export const SourceProblem = z.object({
  key: z.enum([
    'source.unreachable',
    'source.noAnswer',
    'source.notAdmitted',
    'source.busy',
    'source.refused',
    'source.gaveUp',
  ]),
  values: z.record(z.string(), z.number()),
})
export type SourceProblem = z.infer<typeof SourceProblem>

/** The sentence for a stored problem; rows of earlier versions hold raw text, which is not for people. */
export function textOfProblem(stored: string | null): string | null {
  if (stored === null) return null
  const { success, data } = SourceProblem.safeParse(jsonOf(stored))
  return success ? messageOf(data.key, data.values) : messageOf('source.notTaken')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
