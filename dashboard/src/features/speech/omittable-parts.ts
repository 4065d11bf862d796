import { OMITTABLE_PARTS, type OmittablePart } from '#protocol/http/bulletins.ts'
import type { Reading } from './reading.ts'

/** A kind of part that a script has, and in how many sentences. */
export interface PartCount {
  readonly part: OmittablePart
  readonly sentences: number
}

/** What of a script may be left out; nothing when it is speech throughout. */
export const omittablePartsOf = ({ sentences }: Reading): PartCount[] =>
  OMITTABLE_PARTS.map((part) => ({ part, sentences: sentences.filter(({ kind }) => kind === part).length })).filter(
    ({ sentences }) => sentences > 0,
  )
