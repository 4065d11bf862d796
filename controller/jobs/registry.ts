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
 * Sound is heavy and goes one by one; a recording of three hours must not keep a notice waiting, planning must not wait for
 * either, nor for a source that does not answer.
 */
export const jobLanes: Lanes = {
  production: { kinds: ['speak', 'mix', 'encode', 'cut-speech', 'make-chime'], width: 1 },
  ingestion: { kinds: ['ingest'], width: 1 },
  planning: { kinds: ['plan-station', 'review-inbox', 'grant-cluster'], width: 1 },
  delivery: { kinds: ['report-source'], width: 2 },
}
