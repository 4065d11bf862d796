import { z } from 'zod'
import { BulletinVersionId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import * as bulletinStore from './bulletins.store.ts'
import { endOf, failProduction } from './production-failure.ts'
import { progressReporter } from './progress.ts'
import * as renditionStore from './renditions.store.ts'
import { speakVersion } from './speak-version.ts'
import { utterancesOf, voiceOf } from './utterances.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'log' | 'speech' | 'dataDir'>

/** From script to spoken sentences in the cache; the mix follows. */
export const speakJob = defineJob<{ versionId: BulletinVersionId }, Needs>({
  kind: 'speak',
  payload: z.object({ versionId: BulletinVersionId }),
  timeoutMs: HOUR,
  attempts: 5,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: MINUTE }),
  run: async (job, ctx, signal) => {
    const { versionId } = job.payload
    const version = await bulletinStore.findVersion(ctx.db, versionId)
    if (!version) return { kind: 'failed', reason: 'version is gone' }
    const voice = await voiceOf(ctx.db, versionId)
    const utterances = await utterancesOf(ctx.db, version, voice)
    await renditionStore.setSentences(ctx.db, versionId, utterances.length)
    const report = progressReporter(ctx, { bulletinId: version.bulletinId, versionId, step: 'speaking' })
    report(0)
    const onSent = (characters: number) => renditionStore.addSent(ctx.db, versionId, characters)
    try {
      const script = { utterances, voice, onSent }
      const spoken = await speakVersion(ctx, version, script, (done, total) => report(done / total), signal)
      return {
        kind: 'done',
        commit: async (tx) => {
          await renditionStore.setSpoken(tx.db, versionId, spoken)
          await enqueueJob(ctx, tx, { kind: 'mix', key: versionId, payload: { versionId } })
        },
      }
    } catch (error) {
      signal.throwIfAborted()
      return endOf(error, ctx)
    }
  },
  onGivenUp: failProduction,
})
