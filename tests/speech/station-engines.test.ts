import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Speech, SpeechError } from '../../controller/speech/speech.ts'
import { COMMUNE, created, ELSEWHERE, PROVINCE, problemsOf, SISTER } from '../http/support.ts'
import { tempDir } from '../support/audio.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'

/** An engine that can be put out of order, and says how often it was asked. */
interface Fake extends Speech {
  isBroken: boolean
  asked: number
}

function fake(name: string, set: Partial<Speech> = {}): Fake {
  const speech: Fake = {
    ...toneSpeech,
    ...set,
    engine: `${name}/1`,
    isBroken: false,
    asked: 0,
    speak: async (...args) => {
      speech.asked++
      if (speech.isBroken) throw new SpeechError('credentials', 'on purpose')
      await toneSpeech.speak(...args)
    },
  }
  return speech
}

const METER = { family: 'golden', count: (text: string) => text.length, left: async () => 500 }
const gold = fake('gold', { meter: { lead: METER, second: METER } })
const wood = fake('wood', { voiceName: (voice) => voice })
const clay = fake('clay')

let t: TestController
let admin: Session
beforeAll(async () => {
  t = await startTestController({ overrides: { speech: [gold, wood, clay] } })
  admin = await t.signIn()
})
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(() => {
  for (const speech of [gold, wood, clay]) Object.assign(speech, { isBroken: false, asked: 0 })
})

const STATION = {
  name: 'Đài',
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: { from: '22:00', to: '05:00' },
  volume: { day: 80, night: 50 },
  voice: 'vi-north',
}
const choose = (areaCode: string, engines: readonly string[], by = admin) =>
  by.put(`/api/stations/${areaCode}`, { ...STATION, engines })

let written = 0
/** Every text is new, so that nobody answers from the cache. */
const write = (targets: readonly string[], by = admin) =>
  created(
    by.post('/api/bulletins', {
      title: 'Thử',
      class: 'ordinary',
      script: `Xin chào bà con lần thứ ${++written}.`,
      targets,
    }),
  )

const ended = (id: string, by = admin) =>
  until('the production to end', async () => {
    const { rendition } = (await by.get(`/api/bulletins/${id}`)).body
    return ['ready', 'failed'].includes(rendition.step) && rendition
  })

const spoken = async (targets: readonly string[], by = admin) => ended(await write(targets, by), by)

test('each commune is spoken for by the first engine of its own order, all others by that of the installation', async () => {
  expect(await choose(COMMUNE, ['clay', 'gold'])).toMatchObject({ status: 200, body: { engines: ['clay', 'gold'] } })
  await choose(SISTER, ['wood'])
  expect((await admin.get(`/api/stations/${COMMUNE}`)).body.engines).toEqual(['clay', 'gold'])
  const speakers: [readonly string[], string][] = [
    [[COMMUNE], 'clay'],
    [[SISTER], 'wood'],
    [[SISTER, COMMUNE], 'wood'],
    [[COMMUNE, SISTER], 'clay'],
    [[PROVINCE], 'gold'],
    [[PROVINCE, SISTER], 'gold'],
    [[ELSEWHERE], 'gold'],
  ]
  for (const [targets, engine] of speakers) {
    expect(await spoken(targets)).toMatchObject({ step: 'ready', voice: { engine }, fallback: null })
  }
  await choose(COMMUNE, [])
  expect(await spoken([COMMUNE])).toMatchObject({ voice: { engine: 'gold' } })
}, 30_000)

test('when the first of a commune gives up the next of its own speaks, asked once, and the rendition says why', async () => {
  await choose(COMMUNE, ['clay', 'wood'])
  clay.isBroken = true
  const { voice, fallback } = await spoken([COMMUNE])
  expect(voice.engine).toBe('wood')
  expect(fallback).toMatch(/^Giọng clay không nhận thông tin đăng nhập .* do giọng wood đọc\.$/)
  expect([clay.asked, gold.asked]).toEqual([1, 0])
})

test('engines that a commune has not named are not asked when all of its own fail; mended, production goes on', async () => {
  await choose(COMMUNE, ['clay', 'wood'])
  clay.isBroken = true
  wood.isBroken = true
  const id = await write([COMMUNE])
  expect(await ended(id)).toMatchObject({ step: 'failed', failure: expect.stringContaining('Tạo lại bản đọc') })
  expect(gold.asked).toBe(0)
  wood.isBroken = false
  await admin.post(`/api/bulletins/${id}/produce`)
  expect(await ended(id)).toMatchObject({ step: 'ready', voice: { engine: 'wood' } })
})

test('whoever changes the order and has a bulletin produced again hears the change', async () => {
  await choose(COMMUNE, ['clay'])
  const id = await write([COMMUNE])
  expect((await ended(id)).voice.engine).toBe('clay')
  await choose(COMMUNE, ['wood', 'clay'])
  await admin.post(`/api/bulletins/${id}/produce`)
  expect(await ended(id)).toMatchObject({ step: 'ready', voice: { engine: 'wood' }, fallback: null })
})

test('the estimate and the reading are those of the engine that would speak for the commune', async () => {
  await choose(COMMUNE, ['wood', 'gold'])
  await choose(SISTER, ['clay', 'gold'])
  const script = 'Hỏi: Ai được cấp thẻ?\nĐáp: Trẻ em được cấp thẻ.'
  const asked = async (verb: string, areaCode?: string) =>
    (await admin.post(`/api/speech/${verb}`, { script, ...(areaCode ? { areaCode } : {}) })).body
  expect(await asked('estimate')).toMatchObject({ family: 'golden', remaining: 500 })
  expect(await asked('estimate', COMMUNE)).toMatchObject({ sentences: 2, characters: 0, family: null })
  await choose(COMMUNE, ['gold', 'wood'])
  expect(await asked('estimate', COMMUNE)).toMatchObject({ family: 'golden' })
  await choose(COMMUNE, ['wood'])
  const partsOf = async (areaCode: string) =>
    (await asked('preview', areaCode)).utterances.map(({ part }: { part: string }) => part)
  expect(await partsOf(SISTER)).toEqual(['second', 'lead'])
  expect(await partsOf(COMMUNE)).toEqual(['lead', 'lead'])
})

test('an order is refused that names an engine which nobody has, one twice, or too many', async () => {
  await choose(COMMUNE, ['wood'])
  const unknown = await choose(COMMUNE, ['wood', 'google'])
  expect(unknown.status).toBe(422)
  expect(problemsOf(unknown.body)).toEqual(['engines station.engine'])
  expect(unknown.body.error.message).toMatch(/không có giọng máy “Google”.*bỏ giọng này.*gold, wood, clay/)
  expect(problemsOf((await choose(COMMUNE, ['wood', 'wood'])).body)).toEqual(['engines station.engineTwice'])
  const many = Array.from({ length: 11 }, (_, i) => `e${i}`)
  expect(problemsOf((await choose(COMMUNE, many)).body)).toEqual(['engines station.enginesTooMany'])
  expect((await admin.get(`/api/stations/${COMMUNE}`)).body.engines).toEqual(['wood'])
})

test('those who set stations up are told which engines there are, and which of them cost money', async () => {
  expect((await admin.get('/api/speech/engines')).body).toEqual({
    items: [
      { name: 'gold', isPaid: true },
      { name: 'wood', isPaid: false },
      { name: 'clay', isPaid: false },
    ],
  })
})

test('an engine that is gone after a restart is passed over and named, and may stay chosen until it is back', async () => {
  await using dir = await tempDir()
  const start = (speech: readonly [Speech, ...Speech[]]) =>
    startTestController({ dataDir: dir.path, overrides: { speech } })
  {
    await using before = await start([gold, wood, clay])
    const by = await before.signIn()
    await choose(COMMUNE, ['clay', 'wood'], by)
    await choose(SISTER, ['clay'], by)
  }
  await using after = await start([gold, wood])
  const by = await after.signIn()
  const own = await spoken([COMMUNE], by)
  expect(own).toMatchObject({ step: 'ready', voice: { engine: 'wood' } })
  expect(own.fallback).toBe('Giọng clay chưa được cài đặt. Vì vậy bài này do giọng wood đọc.')
  const none = await spoken([SISTER], by)
  expect(none).toMatchObject({ step: 'ready', voice: { engine: 'gold' } })
  expect(none.fallback).toContain('clay')

  expect((await choose(COMMUNE, ['wood', 'clay'], by)).status).toBe(200)
  expect((await choose(COMMUNE, ['wood'], by)).status).toBe(200)
  expect(problemsOf((await choose(COMMUNE, ['wood', 'clay'], by)).body)).toEqual(['engines station.engine'])
}, 30_000)
