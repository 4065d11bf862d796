import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { saveAiringRules } from '../../controller/areas/airing-rules.store.ts'
import { NOTHING_SAID } from '../../controller/areas/rule-place.ts'
import { problemsOf, tomorrow } from '../http/support.ts'
import { startTestController } from '../support/start-controller.ts'

const BY = { updatedByName: 'Sở', updatedAt: 1 }
/** Of Hà Nội, and of Huế. */
const [COMMUNE, OTHER, ELSEWHERE] = ['00004', '00008', '19753']

test('what was set before without the night is quiet at night all the same, and the log names where', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'loa-night-'))
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  try {
    {
      await using before = await startTestController({ dataDir })
      const admin = await before.signIn()
      for (const areaCode of [COMMUNE, OTHER, ELSEWHERE])
        expect((await admin.post('/api/clusters', { name: 'Cụm', areaCode })).status).toBe(201)
      const { db } = before.controller.ctx
      const say = (scope: string, from: string, to: string) =>
        saveAiringRules(db, { ...NOTHING_SAID, ...BY, scope, quietHours: { from, to } }, 0)
      await say('01', '12:00', '12:00')
      await say(OTHER, '20:00', '06:00')
    }
    await using after = await startTestController({
      dataDir,
      env: { LOA_NIGHT: '21:00-04:30' },
      overrides: { log },
    })
    const admin = await after.signIn()
    const quietOf = async (areaCode: string) => (await admin.get(`/api/stations/${areaCode}`)).body.quietHours
    expect(await quietOf(COMMUNE)).toEqual({ from: '21:00', to: '04:30' })
    expect(await quietOf(OTHER)).toEqual({ from: '20:00', to: '06:00' })
    // Where nobody has said anything the usual hours hold, and the night.
    expect(await quietOf(ELSEWHERE)).toEqual({ from: '21:00', to: '05:00' })
    const { own, effective, revision } = (await admin.get('/api/rules/01')).body
    expect([own.quietHours, effective.quietHours]).toEqual([
      { from: '12:00', to: '12:00' },
      { by: 'province', value: { from: '21:00', to: '04:30' } },
    ])
    const short = { quietHours: { from: '22:00', to: '05:00' }, limits: {}, holidays: [], revision }
    expect(problemsOf((await admin.put('/api/rules/01', short)).body)).toEqual(['quietHours rules.nightFloor'])
    const warnings = lines.map((line) => JSON.parse(line)).filter(({ night }) => night !== undefined)
    expect(warnings).toMatchObject([{ night: { from: '21:00', to: '04:30' }, scopes: ['01'], count: 1 }])
  } finally {
    await rm(dataDir, { recursive: true })
  }
})

test('no account sets quiet hours without the night, nor any that are none, nor goes by the clock of another country', async () => {
  await using t = await startTestController()
  const admin = await t.signIn()
  const province = await t.signIn('province', ['01'])
  const { body: enrolled } = await admin.post('/api/clusters', { name: 'Cụm', areaCode: COMMUNE })
  const station = (await admin.get(`/api/stations/${COMMUNE}`)).body
  const say = (scope: string, quietHours: unknown) =>
    province.put(`/api/rules/${scope}`, { quietHours, limits: {}, holidays: [], revision: 0 })
  const doors = [
    (quietHours: unknown) => say('01', quietHours),
    (quietHours: unknown) => say(COMMUNE, quietHours),
    (quietHours: unknown) => say(enrolled.cluster.id, quietHours),
    (quietHours: unknown) => province.put(`/api/stations/${COMMUNE}`, { ...station, quietHours }),
  ]
  for (const door of doors) {
    expect(problemsOf((await door({ from: '12:00', to: '12:00' })).body)).toEqual(['quietHours.to rules.quietEmpty'])
    for (const [from, to] of [
      ['12:00', '13:00'],
      ['23:01', '04:00'],
      ['23:00', '03:59'],
    ]) {
      const { status, body } = await door({ from, to })
      expect([status, ...problemsOf(body)]).toEqual([422, 'quietHours rules.nightFloor'])
      expect(body.error.message).toMatch(/bao gồm 23:00–04:00.*chỉ kỹ thuật viên.*LOA_NIGHT/)
    }
  }
  const goBy = (timeZone: string) =>
    province.put(`/api/stations/${COMMUNE}`, { ...station, quietHours: null, timeZone })
  expect(problemsOf((await goBy('Europe/Paris')).body)).toEqual(['timeZone station.otherClock'])
  expect((await goBy('Asia/Bangkok')).status).toBe(200)

  expect((await say('01', { from: '23:00', to: '04:00' })).status).toBe(200)
  const programmeAt = (startTime: string) =>
    admin.post('/api/programmes', {
      ...{ name: 'Đêm', areaCode: COMMUNE, startsOn: tomorrow(), startTime, maxMinutes: 5 },
      ...{ targets: { areas: [COMMUNE] }, rundown: [{ kind: 'inbox' }] },
    })
  expect(problemsOf((await programmeAt('03:45')).body)).toEqual(['startTime programme.quietHours'])
  expect((await programmeAt('04:00')).status).toBe(201)
})
