import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../controller/clock.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import { decodeByFfmpeg, ffmpegs } from '../support/audio.ts'
import { AREA } from '../support/commune.ts'
import { pitchOf } from '../support/pitch.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const SCRIPT = `Kính mời bà con nghe chuyên mục hỏi đáp pháp luật.
Hỏi: Trẻ em dưới sáu tuổi có được khám chữa bệnh miễn phí không?
Đáp: Trẻ em dưới sáu tuổi được quỹ bảo hiểm y tế chi trả toàn bộ chi phí khám chữa bệnh.
Hỏi: Làm thẻ ở đâu?
Đáp: Bà con làm thẻ tại trụ sở ủy ban nhân dân xã vào giờ hành chính.`

const SAMPLE_RATE = 24_000
/** Shorter than the pause between two people, longer than any within a sentence. */
const GAP_MS = 550
const AUDIBLE = 0.005

describe.skipIf(!requireProgram('espeak-ng'))(
  withProgram('a bulletin of questions and answers by the installed eSpeak NG', 'espeak-ng'),
  () => {
    let t: TestController
    let admin: Session
    let id: string
    beforeAll(async () => {
      const espeak = await chooseEspeak({ engine: 'espeak-native' }, { clock: systemClock })
      t = await startTestController({ overrides: { speech: espeak } })
      admin = await t.signIn()
      id = (await admin.post('/api/bulletins', content(SCRIPT))).body.id
    })
    afterAll(() => t[Symbol.asyncDispose]())

    const content = (script: string) => ({ title: 'Hỏi đáp', class: 'ordinary', script, targets: [AREA] })
    const ready = (number: number) =>
      until('the sound to be ready', async () => {
        const { body } = await admin.get(`/api/bulletins/${id}`)
        return body.versionNumber === number && body.rendition.step === 'ready' && body.rendition
      })
    const sentences = async (): Promise<string[]> =>
      (await readdir(join(t.dataDir, 'speech'), { recursive: true })).filter((name) => name.endsWith('.wav'))

    test('is heard in two voices that take turns, and says which', async () => {
      const { audio, voice } = await ready(1)
      expect(voice).toMatchObject({ engine: 'espeak-ng', name: 'vi-north', second: 'vi-north+Annie' })
      const file = join(t.dataDir, 'heard.mp3')
      await writeFile(file, Buffer.from(await (await fetch(`${t.url}${audio.url}`)).arrayBuffer()))
      // Between the chimes.
      const turns = turnsOf(await decodeByFfmpeg(ffmpegs[0]?.path ?? 'ffmpeg', file)).slice(1, -1)
      const isHigh = turns.map((samples) => pitchOf(samples, SAMPLE_RATE) > 135)
      expect(isHigh).toEqual([false, true, false, true, false])
    }, 60_000)

    test('is spoken anew only where it has been edited', async () => {
      await ready(1)
      const before = await sentences()
      await admin.put(`/api/bulletins/${id}`, content(SCRIPT.replace('toàn bộ', 'một trăm phần trăm')))
      await ready(2)
      expect((await sentences()).filter((name) => !before.includes(name))).toHaveLength(1)
    }, 60_000)
  },
)

/** What sounds between long gaps. */
function turnsOf(samples: Float32Array): Int16Array[] {
  const turns: Int16Array[] = []
  const gap = (GAP_MS * SAMPLE_RATE) / 1000
  let from = 0
  let last = Number.NEGATIVE_INFINITY
  const close = (): void => {
    if (last > from) turns.push(Int16Array.from(samples.subarray(from, last), (x) => x * 32_767))
  }
  for (const [at, x] of samples.entries()) {
    if (Math.abs(x) < AUDIBLE) continue
    if (at - last > gap) {
      close()
      from = at
    }
    last = at
  }
  close()
  return turns
}
