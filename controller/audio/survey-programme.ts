import { createSurveyor, type Survey, TONE } from './survey.ts'
import { type Programme, programmeSamples, totalSamples } from './timeline.ts'

/** One pass over a whole programme. Progress: rising fractions up to 1. */
export async function surveyProgramme(
  programme: Programme,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Survey> {
  const surveyor = createSurveyor(programme.sampleRate)
  const total = totalSamples(programme.parts)
  let done = 0
  for await (const { kind, voice, samples } of programmeSamples(programme, signal)) {
    surveyor.push(samples, kind === 'tone' ? TONE : voice)
    done += samples.length
    onProgress(done / total)
  }
  return surveyor.finish()
}
