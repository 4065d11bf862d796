import { describe, expect, test } from 'vitest'
import { tempDir } from '../support/audio.ts'
import { AREA } from '../support/commune.ts'
import { requirePackage, SHERPA_PACKAGE, withPackage } from '../support/programs.ts'
import { startTestController } from '../support/start-controller.ts'
import { type TinyVoice, writeTinyVoice } from '../support/tiny-voice.ts'
import { until } from '../support/until.ts'
import { chainOf } from './support.ts'

const SCRIPT = 'Kính thưa bà con. Trạm y tế mở cửa. Xin hết.'

/** A bulletin through a whole controller whose engines are sherpa-onnx with such a voice, then eSpeak NG. */
async function producedBy(voice: TinyVoice) {
  await using dir = await tempDir()
  const speech = await chainOf('sherpa,espeak-wasm', await writeTinyVoice(dir.path, voice))
  await using t = await startTestController({ overrides: { speech } })
  const admin = await t.signIn()
  const content = { title: 'Bản tin thử', class: 'ordinary', script: SCRIPT, targets: [AREA] }
  const { body: bulletin } = await admin.post('/api/bulletins', content)
  return await until('the sound to be ready', async () => {
    const { body } = await admin.get(`/api/bulletins/${bulletin.id}`)
    return body.rendition.step === 'ready' && body.rendition
  })
}

describe.skipIf(!requirePackage(SHERPA_PACKAGE))(withPackage('sherpa-onnx', SHERPA_PACKAGE), () => {
  test('speaks a bulletin', async () => {
    const { voice, fallback, audio } = await producedBy({})
    expect({ voice, fallback }).toEqual({
      voice: { engine: 'sherpa', name: 'vi_VN-tiny#0', second: null },
      fallback: null,
    })
    // A tenth of a second for each letter, and pauses.
    expect(audio.ms).toBeGreaterThan(SCRIPT.length * 100)
  })

  test('without a sound gives way to the next engine, and the bulletin says so', async () => {
    const { voice, fallback } = await producedBy({ volume: 0 })
    expect(voice).toEqual({ engine: 'espeak-ng-wasm', name: 'vi-north', second: null })
    expect(fallback).toBe('Giọng sherpa-onnx không phát ra tiếng. Vì vậy bài này do giọng eSpeak NG (WebAssembly) đọc.')
  })
})
