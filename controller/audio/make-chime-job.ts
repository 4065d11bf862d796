import { z } from 'zod'
import { CHIME_KINDS } from '#protocol/http/programmes.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { MINUTE, SECOND } from '../units.ts'
import { outcomeOfFault } from './fault.ts'
import * as frameStore from './frames.store.ts'
import { makeChime } from './make-chime.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'newId' | 'log' | 'dataDir' | 'ffmpeg' | 'store'>

const Payload = z.object({ kind: z.enum(CHIME_KINDS) })

/** Makes one of our chimes, once in the life of an installation; sessions that lack it are then planned again. */
export const makeChimeJob = defineJob<z.infer<typeof Payload>, Needs>({
  kind: 'make-chime',
  payload: Payload,
  timeoutMs: 5 * MINUTE,
  attempts: 5,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: MINUTE }),
  run: async ({ payload: { kind } }, ctx, signal) => {
    try {
      const audio = await makeChime(ctx, kind, signal)
      return {
        kind: 'done',
        commit: async (tx) => {
          await frameStore.saveBuiltInChime(tx.db, kind, audio, ctx.clock.now())
          for (const areaCode of await programmeStore.areasThatNameSound(tx.db, 'built-in'))
            await enqueuePlan(ctx, tx, areaCode)
        },
      }
    } catch (error) {
      return outcomeOfFault(error, signal)
    }
  },
  onGivenUp: async (_tx, { kind }, reason, ctx) => {
    ctx.log.warn({ kind, reason }, 'sessions begin or end without a chime')
  },
})
