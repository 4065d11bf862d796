import { z } from 'zod'
import { UploadId } from '#protocol/ids.ts'
import { musicFor } from '../areas/station-music.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import * as assetStore from '../audio/assets.store.ts'
import { examine } from '../audio/examine.ts'
import { outcomeOfFault } from '../audio/fault.ts'
import { sniffFormat } from '../audio/sniff-format.ts'
import * as bulletinStore from '../bulletins/bulletins.store.ts'
import { contentOf } from '../bulletins/content.ts'
import * as renditionStore from '../bulletins/renditions.store.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential, type JobOutcome } from '../jobs/job.ts'
import { hasMessage } from '../messages.ts'
import { HOUR, MINUTE, SECOND } from '../units.ts'
import type { Finding } from './findings.ts'
import { receivedBytes, uploadFile } from './folder.ts'
import { judgeSound, MAX_MS } from './judge-sound.ts'
import { levelSound, type Treatment } from './level-sound.ts'
import { checkingProgress, leaveUnchecked, settleUpload } from './settle.ts'
import * as uploadStore from './uploads.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'log' | 'dataDir' | 'ffmpeg' | 'store'>

/** What share of the work hearing it through is; the rest is making of it what clusters play. */
const HEARD = 0.3

/**
 * Hears what somebody has brought, and refuses it with a reason or makes of it what clusters play. What is no fault of the
 * file leaves it where it is, to be checked again.
 */
export const ingestJob = defineJob<{ uploadId: UploadId }, Needs>({
  kind: 'ingest',
  payload: z.object({ uploadId: UploadId }),
  timeoutMs: HOUR,
  attempts: 3,
  backoff: exponential({ firstMs: 2 * SECOND, maxMs: MINUTE }),
  run: async (job, ctx, signal) => {
    const upload = await uploadStore.findUpload(ctx.db, job.payload.uploadId)
    if (upload?.state !== 'checking') return { kind: 'done' }
    try {
      return await check(ctx, upload, signal)
    } catch (error) {
      return outcomeOfFault(error, signal)
    }
  },
  onGivenUp: async (tx, { uploadId }, reason, ctx) => {
    const upload = await uploadStore.findUpload(tx.db, uploadId)
    if (upload) await leaveUnchecked(ctx, tx, upload, findingOfFault(reason))
  },
})

async function check(ctx: Needs, upload: uploadStore.UploadRow, signal: AbortSignal): Promise<JobOutcome> {
  const { id, purpose } = upload
  const refuse = (key: string, values = {}) => settleUpload(ctx, upload, { state: 'refused', notes: [{ key, values }] })
  const report = checkingProgress(ctx, upload)
  report(0)
  if ((await receivedBytes(ctx.dataDir, id)) === null) return refuse('upload.lost')
  const file = uploadFile(ctx.dataDir, id)
  const format = await sniffFormat(file)
  if (!format) return refuse('sound.notAudio')
  const strange = { file, format, maxMs: MAX_MS[purpose] }
  const heard = await examine(ctx, strange, (fraction) => report(fraction * HEARD), signal)
  if (typeof heard === 'string') return refuse(`sound.${heard}`)
  const verdict = judgeSound(heard, purpose)
  if (verdict.kind === 'refused') return refuse(verdict.finding.key, verdict.finding.values)
  const { take, notes } = verdict
  const later = (fraction: number): void => report(HEARD + fraction * (1 - HEARD))
  const treatment = await treatmentOf(ctx, upload)
  const audio = await levelSound(ctx, { treatment, strange, take }, later, signal)
  if (typeof audio === 'string') return refuse(`sound.${audio}`)
  return settleUpload(ctx, upload, { state: 'ready', sha256: audio.sha256, notes }, (tx, at) =>
    assetStore.keepAsset(tx.db, audio, { origin: purpose, at }),
  )
}

/** What the bringer reads; a reason begins with the code of a fault, if somebody has foreseen it. */
function findingOfFault(reason: string): Finding {
  const key = `upload.fault.${reason.split(':')[0]}`
  return { key: hasMessage(key) ? key : 'upload.notChecked', values: {} }
}

/** A recording sounds as the synthetic voice of its version does: shaped alike, between the same chimes. */
async function treatmentOf(
  ctx: Pick<Context, 'db' | 'store'>,
  { bulletinId }: uploadStore.UploadRow,
): Promise<Treatment> {
  const { db } = ctx
  if (!bulletinId) return { as: 'sound' }
  const bulletin = await bulletinStore.findBulletin(db, bulletinId)
  const version = bulletin && (await bulletinStore.findVersion(db, bulletin.currentVersionId))
  const rendition = version && (await renditionStore.findRendition(db, version.id))
  return {
    as: 'speech',
    soundProfile: rendition?.soundProfile ?? DEFAULT_STATION.soundProfile,
    music: await musicFor(ctx, version ? contentOf(version).targets : []),
  }
}
