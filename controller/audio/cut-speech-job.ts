import { z } from 'zod'
import { Sha256 } from '#protocol/ids.ts'
import * as broadcastStore from '../broadcasts/broadcasts.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import * as assetStore from './assets.store.ts'
import { cutSpeech } from './cut-speech.ts'
import { outcomeOfFault } from './fault.ts'
import * as frameStore from './frames.store.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'newId' | 'log' | 'dataDir' | 'ffmpeg' | 'store'>

const Payload = z.object({ sha256: Sha256 })

/** Takes the chimes off a file for sessions that have their own; those are then planned again. */
export const cutSpeechJob = defineJob<z.infer<typeof Payload>, Needs>({
  kind: 'cut-speech',
  payload: Payload,
  timeoutMs: HOUR,
  attempts: 5,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: MINUTE }),
  run: async ({ payload: { sha256 } }, ctx, signal) => {
    const marks = await assetStore.marksOf(ctx.db, sha256)
    if (!marks) return { kind: 'failed', reason: 'the audio is gone' }
    try {
      const cut = await cutSpeech(ctx, { sha256, marks }, signal)
      return {
        kind: 'done',
        commit: async (tx) => {
          await frameStore.saveSpeechCut(tx.db, sha256, cut, ctx.clock.now())
          for (const areaCode of await broadcastStore.areasThatAirAudio(tx.db, sha256))
            await enqueuePlan(ctx, tx, areaCode)
        },
      }
    } catch (error) {
      return outcomeOfFault(error, signal)
    }
  },
  // Nothing is silent for it: sessions go on with the chimes that the file has, and hours later it is tried again.
  onGivenUp: async (_tx, { sha256 }, reason, ctx) => {
    ctx.log.warn({ sha256, reason }, 'bulletin keeps its chimes within a session')
  },
})
