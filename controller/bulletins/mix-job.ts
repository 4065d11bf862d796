import { z } from 'zod'
import { BulletinVersionId } from '#protocol/ids.ts'
import { musicFor } from '../areas/station-music.ts'
import { missesLoudness } from '../audio/level-aim.ts'
import { produce } from '../audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../audio/profiles.ts'
import { enqueuePlansOf } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import type { SpokenScript } from '../speech/speak-script.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import * as bulletinStore from './bulletins.store.ts'
import { contentOf } from './content.ts'
import { endOf, failProduction } from './production-failure.ts'
import { progressReporter } from './progress.ts'
import * as renditionStore from './renditions.store.ts'
import { speakVersion } from './speak-version.ts'
import { skippedOf } from './spoken.ts'
import { spokenMarks } from './spoken-marks.ts'
import { utterancesOf, voiceOf } from './utterances.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'log' | 'speech' | 'dataDir' | 'ffmpeg' | 'store'>

/** From spoken sentences to one levelled, encoded file, ready to air; sessions that wait for it are planned again. */
export const mixJob = defineJob<{ versionId: BulletinVersionId }, Needs>({
  kind: 'mix',
  payload: z.object({ versionId: BulletinVersionId }),
  timeoutMs: HOUR,
  attempts: 5,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: MINUTE }),
  run: async (job, ctx, signal) => {
    const { versionId } = job.payload
    const version = await bulletinStore.findVersion(ctx.db, versionId)
    const before = await renditionStore.findRendition(ctx.db, versionId)
    if (!version || !before) return { kind: 'failed', reason: 'version is gone' }
    const { bulletinId } = version
    const report = progressReporter(ctx, { bulletinId, versionId, step: 'mixing' })
    report(0)
    const voice = await voiceOf(ctx.db, versionId)
    // Everything is in the cache already, unless somebody has emptied it in between.
    const utterances = await utterancesOf(ctx.db, version, voice)
    const script = {
      utterances,
      voice,
      first: before.spokenEngine,
      onSent: (characters: number) => renditionStore.addSent(ctx.db, versionId, characters),
    }
    try {
      const spoken = await speakVersion(ctx, version, script, () => {}, signal)
      const audio = await produce(
        ctx,
        {
          segments: spoken.segments,
          music: await musicFor(ctx, contentOf(version).targets),
          soundProfile: before.soundProfile,
          profile: codecProfiles.mp3,
          loudness: SPEECH_LOUDNESS,
        },
        report,
        signal,
      )
      if (missesLoudness(audio, SPEECH_LOUDNESS)) {
        ctx.log.warn({ versionId, loudnessLufs: audio.loudnessLufs }, 'not as loud as it should be')
      }
      return {
        kind: 'done',
        commit: async (tx) => {
          await renditionStore.setSpoken(tx.db, versionId, withReasons(spoken, before))
          await renditionStore.setReady(tx.db, versionId, audio, ctx.clock.now())
          await renditionStore.setMarks(tx.db, versionId, spokenMarks(utterances, audio.marks))
          await tx.event('bulletin.changed', bulletinId)
          await enqueuePlansOf(ctx, tx, bulletinId)
        },
      }
    } catch (error) {
      signal.throwIfAborted()
      return endOf(error, ctx)
    }
  },
  onGivenUp: failProduction,
})

/** Whoever spoke before speaks again without being tried second: the reasons of then still stand. */
function withReasons(spoken: SpokenScript, before: renditionStore.RenditionRow): SpokenScript {
  const isSame = before.spokenEngine === spoken.engine && before.spokenVoice === spoken.voice
  return isSame ? { ...spoken, skipped: skippedOf(before.skippedJson) } : spoken
}
