import type { Ffmpeg } from './ffmpeg.ts'
import { type ProbedAudio, probe } from './probe.ts'
import { overlappingRanges, probeFrames } from './probe-frames.ts'
import type { CodecProfile } from './profiles.ts'
import { framesToTurnDown, turnDown } from './turn-down.ts'

/** A mended peak may uncover one behind it. */
const MAX_MENDS = 3
/** More peaks than that, or higher ones, are no accidents: the whole has to be encoded anew. */
const MAX_OVERS = 200
const MAX_OVER_DB = 3

/**
 * Measures an encoded file; the few peaks that the encoder has drawn too high are turned down in place, and only what
 * was touched is measured again.
 */
export async function mendPeaks(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: { readonly file: string; readonly profile: CodecProfile; readonly limitDbtp: number },
  signal: AbortSignal,
): Promise<ProbedAudio> {
  const { file, profile, limitDbtp } = input
  let measured = await probe(ctx, file, signal, limitDbtp)
  if (!profile.frame) return measured
  const { frame, codec } = profile
  if (measured.truePeakDbtp > limitDbtp + MAX_OVER_DB) return measured
  for (let mend = 0; mend < MAX_MENDS && measured.overs.length > 0 && measured.overs.length <= MAX_OVERS; mend++) {
    const steps = framesToTurnDown(measured.overs, limitDbtp, frame)
    await turnDown(file, steps, frame)
    const frames = overlappingRanges([...steps.keys()])
    const again = await probeFrames(ctx, { file, frame, codec, frames, limitDbtp: measured.withinDbtp }, signal)
    const overs = again.filter(({ dbtp }) => dbtp > limitDbtp)
    const mended = again.filter(({ dbtp }) => dbtp <= limitDbtp)
    const withinDbtp = Math.max(measured.withinDbtp, ...mended.map(({ dbtp }) => dbtp))
    const truePeakDbtp = Math.max(withinDbtp, ...overs.map(({ dbtp }) => dbtp))
    measured = { ...measured, overs, withinDbtp, truePeakDbtp }
  }
  return measured
}
