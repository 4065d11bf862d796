import { cutSpeechJob } from '../audio/cut-speech-job.ts'
import { encodeJob } from '../audio/encode-job.ts'
import { makeChimeJob } from '../audio/make-chime-job.ts'
import { planJob } from '../broadcasts/plan-job.ts'
import { mixJob } from '../bulletins/mix-job.ts'
import { speakJob } from '../bulletins/speak-job.ts'
import { grantJob } from '../clusters/grant-job.ts'
import type { Context } from '../context.ts'
import { reviewJob } from '../programmes/inbox/review-job.ts'
import { reportJob } from '../sources/report-job.ts'
import { ingestJob } from '../uploads/ingest-job.ts'
import type { JobRegistry, Lanes } from './runner.ts'

export const jobRegistry: JobRegistry<Context> = {
  speak: speakJob,
  mix: mixJob,
  encode: encodeJob,
  'cut-speech': cutSpeechJob,
  'make-chime': makeChimeJob,
  ingest: ingestJob,
  'plan-station': planJob,
  'review-inbox': reviewJob,
  'report-source': reportJob,
  'grant-cluster': grantJob,
}

/**
 * Sound is heavy and goes one by one; neither a recording of three hours nor what is made of sound that airs already must
 * keep a notice waiting. Planning must not wait for any of it, nor for a source that does not answer.
 */
export const jobLanes: Lanes = {
  production: { kinds: ['speak', 'mix', 'make-chime'], width: 1 },
  variants: { kinds: ['encode', 'cut-speech'], width: 1 },
  ingestion: { kinds: ['ingest'], width: 1 },
  planning: { kinds: ['plan-station', 'review-inbox', 'grant-cluster'], width: 1 },
  delivery: { kinds: ['report-source'], width: 2 },
}
