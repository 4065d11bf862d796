import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock as clock } from '../../controller/clock.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import { findFfmpeg } from '../../firmware-sim/audio/ffmpeg-program.ts'
import { bestCorrelation, decodeWhole, readWav } from '../firmware-sim/support/audio.ts'
import { AT_ANY_HOUR, airBulletin, startCommune } from '../support/commune.ts'
import { startTestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const CLUSTERS = 2
const RATE_PER_MS = 24

test('what each loudspeaker sounded is what was produced, sample for sample', async () => {
  const wavDir = await mkdtemp(join(tmpdir(), 'loa-heard-'))
  const speech = await chooseEspeak({ engine: 'auto' }, { clock })
  await using t = await startTestController({ overrides: { speech }, env: AT_ANY_HOUR })
  const admin = await t.signIn()
  await using _fleet = await startCommune(t, admin, { clusters: CLUSTERS, wavDir })

  const script = 'Kính thưa bà con. Hôm nay ngày 23/11/2026.'
  const { bulletin, broadcast } = await airBulletin(admin, { script, inMs: 5_000 })
  await until('the session to be closed', async () => {
    const { body } = await admin.get(`/api/broadcasts/${broadcast.id}`)
    return body.status === 'closed'
  })

  const ffmpeg = await findFfmpeg()
  const file = await fetch(`${t.url}${bulletin.rendition.audio.url}`)
  const produced = decodeWhole(ffmpeg, Buffer.from(await file.arrayBuffer()))
  expect(Math.abs(produced.length / RATE_PER_MS - bulletin.rendition.audio.ms)).toBeLessThan(50)
  const { body: ledger } = await admin.get(`/api/broadcasts/${broadcast.id}`)
  expect(ledger.tally).toEqual({ played: CLUSTERS })
  for (const { clusterId, audible, startErrorMs } of ledger.deliveries) {
    const heard = readWav(join(wavDir, `${clusterId}-${broadcast.id}.wav`))
    expect(Math.abs(heard.samples.length - produced.length) / RATE_PER_MS).toBeLessThan(50)
    expect(bestCorrelation(heard.samples, produced, 50 * RATE_PER_MS)).toBeGreaterThan(0.95)
    expect(audible).toBe(true)
    expect(Math.abs(startErrorMs)).toBeLessThan(100)
  }
  await rm(wavDir, { recursive: true, force: true })
})
