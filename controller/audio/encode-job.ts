import { z } from 'zod'
import { Sha256 } from '#protocol/ids.ts'
import { Codec } from '#protocol/messages.ts'
import * as broadcastStore from '../broadcasts/broadcasts.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import * as renditionStore from '../bulletins/renditions.store.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import * as encodingStore from './encodings.store.ts'
import { outcomeOfFault } from './fault.ts'
import { missesLoudness } from './level-aim.ts'
import { codecProfiles, SPEECH_LOUDNESS } from './profiles.ts'
import { transcode } from './transcode.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'newId' | 'log' | 'dataDir' | 'ffmpeg' | 'store'>

const Payload = z.object({ sha256: Sha256, codec: Codec })

/** Makes a file in a codec that some clusters play; their plans then name it. */
export const encodeJob = defineJob<z.infer<typeof Payload>, Needs>({
  kind: 'encode',
  payload: Payload,
  timeoutMs: HOUR,
  attempts: 5,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: MINUTE }),
  run: async ({ payload: { sha256, codec } }, ctx, signal) => {
    const [known] = (await encodingStore.encodingsOf(ctx.db, [sha256])).filter((one) => one.codec === codec)
    const input = { sha256, profile: codecProfiles[codec], loudness: SPEECH_LOUDNESS }
    try {
      const made = known ? null : await transcode(ctx, input, signal)
      if (made && missesLoudness(made, SPEECH_LOUDNESS)) {
        ctx.log.warn({ sha256, codec, loudnessLufs: made.loudnessLufs }, 'not as loud as it should be')
      }
      return {
        kind: 'done',
        commit: async (tx) => {
          if (made) await encodingStore.insertEncoding(tx.db, sha256, made, ctx.clock.now())
          for (const areaCode of await broadcastStore.areasThatAirAudio(tx.db, sha256))
            await enqueuePlan(ctx, tx, areaCode)
        },
      }
    } catch (error) {
      return outcomeOfFault(error, signal)
    }
  },
  // Nothing is silent for it: plans go on naming the file that every cluster plays, and hours later it is tried again.
  onGivenUp: async (tx, { sha256, codec }, reason, ctx) => {
    ctx.log.warn({ sha256, codec, reason }, 'clusters keep the default codec')
    for (const id of await renditionStore.bulletinsThatSound(tx.db, sha256)) await tx.event('bulletin.changed', id)
  },
})
