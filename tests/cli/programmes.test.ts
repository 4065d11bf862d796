import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Programme } from '#protocol/http/programmes.ts'
import { created } from '../http/support.ts'
import { runLoa } from '../support/loa.ts'
import { startTestController } from '../support/start-controller.ts'

// Each command is a process that compiles itself: a second alone, many on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const SCHEDULES = join(dirname(fileURLToPath(import.meta.url)), '../../schedules')
const COMMUNE = '00004'
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-programmes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const fileWith = async (name: string, content: string): Promise<string> => {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}
const linesOf = (out: string) => (out === '' ? [] : out.split('\n').map((line) => JSON.parse(line)))

test('a schedule is checked and previewed on a machine that has nothing but the file', async () => {
  const nowhere = join(folder, 'nowhere')
  const loa = (...args: string[]) =>
    runLoa(nowhere, ['programmes', ...args], { LOA_DATABASE_URL: 'not even an address' })
  const ward = join(SCHEDULES, 'ward.yaml')
  const bad = await fileWith('bad.yaml', "areaCode: '00004'\nprogrammes:\n  a:\n    nmae: A\n")
  const stray = stationFile(programme('sang', '05:30', '    exceptions: { 2099-12-05: skip }\n    until: 2026-12-31\n'))
  const window = ['--from', '2026-12-04', '--to', '2026-12-07']
  const [validated, previewed, refused, alsoRefused, backwards, noDate, notThere, noFile, strayed, schema] =
    await Promise.all([
      loa('validate', ward),
      loa('preview', ward, ...window),
      loa('validate', bad),
      loa('preview', bad, ...window),
      loa('preview', ward, '--from', '2026-12-07', '--to', '2026-12-04'),
      loa('preview', ward, '--from', 'hôm nay', '--to', '2026-12-04'),
      loa('validate', join(folder, 'none.yaml')),
      loa('validate', SCHEDULES),
      loa('preview', await fileWith('stray.yaml', stray), ...window),
      loa('schema'),
    ])
  expect(validated).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(validated.out)).toEqual({ areaCode: COMMUNE, programmes: 2, warnings: [] })
  const sessions = JSON.parse(previewed.out)
  expect(sessions.map((one: { startsAt: string }) => one.startsAt)).toEqual([
    '2026-12-04T06:30:00+07:00',
    '2026-12-04T17:00:00+07:00',
    '2026-12-07T06:30:00+07:00',
    '2026-12-07T17:00:00+07:00',
  ])
  expect(Object.keys(sessions[0])).toEqual(['programme', 'startsAt', 'endsAt', 'level', 'items', 'fill', 'warnings'])
  for (const { code, out, err } of [refused, alsoRefused]) {
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err.split('\n')[0]).toMatch(/bad\.yaml:3:3: programmes\.a\.startsOn: Thiếu mục “startsOn”/)
    expect(err).toContain('bad.yaml:4:5: programmes.a.nmae: Không có mục “nmae” ở đây. Có phải “name” không?')
  }
  expect([backwards.code, backwards.err]).toEqual([1, expect.stringMatching(/^--to: Kết thúc phải sau bắt đầu/)])
  expect([noDate.code, noDate.err]).toEqual([1, expect.stringMatching(/^--from: Ngày viết theo dạng/)])
  expect([notThere.code, notThere.err]).toEqual([1, expect.stringMatching(/none\.yaml: Không tìm thấy tệp [^\n]*$/)])
  expect([noFile.code, noFile.err]).toEqual([1, expect.stringMatching(/^Đường dẫn này là một thư mục\.[^\n]*$/)])
  expect([strayed.code, JSON.parse(strayed.out).length]).toEqual([0, 4])
  expect(strayed.err).toMatch(
    /stray\.yaml:10:31: programmes\.sang\.exceptions\.2099-12-05: Ngày 05\/12\/2099 .* 31\/12\/2026\.$/,
  )
  const kept = await readFile(join(SCHEDULES, 'programmes.schema.json'), 'utf8')
  expect(JSON.parse(schema.out)).toEqual(JSON.parse(kept))
  await expect(access(nowhere)).rejects.toThrow()
})

const programme = (key: string, time: string, more = '') => `  ${key}:
    name: Chương trình ${key}
    startsOn: 2026-12-01
    startTime: ${time}
    repeat: daily
    maxMinutes: 15
    rundown: [inbox]
${more}`
const stationFile = (...programmes: string[]) => `areaCode: ${COMMUNE}\nprogrammes:\n${programmes.join('')}`

test('a station becomes what its file says, keeps what people have done, and is written as it is', async () => {
  const dataDir = join(folder, 'data')
  await using t = await startTestController({ dataDir })
  const admin = await t.signIn()
  await admin.post('/api/clusters', { name: 'Cụm một', areaCode: COMMUNE })
  const apply = async (text: string, ...options: string[]) =>
    runLoa(dataDir, ['programmes', 'apply', await fileWith('station.yaml', text), ...options])
  const programmes = async (): Promise<Programme[]> => {
    const { body } = await admin.get(`/api/programmes?areaCode=${COMMUNE}`)
    return Programme.array().parse(body.items)
  }
  const byKey = async (key: string | null) => (await programmes()).find((one) => one.key === key)
  const first = stationFile(programme('sang', '05:30'), programme('trua', '11:00'), programme('chieu', '17:00'))

  // A rehearsal changes nothing, and says what the act then does.
  const rehearsed = await apply(first, '--dry-run')
  expect(linesOf(rehearsed.out)).toEqual(['sang', 'trua', 'chieu'].map((key) => ({ action: 'create', key, id: null })))
  expect(await programmes()).toEqual([])
  const applied = await apply(first)
  expect(linesOf(applied.out).map(({ action, key }) => `${action} ${key}`)).toEqual([
    'create sang',
    'create trua',
    'create chieu',
  ])
  expect(await byKey('sang')).toMatchObject({
    name: 'Chương trình sang',
    createdByName: 'Người vận hành máy chủ',
    repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
    targets: { areas: [COMMUNE], clusters: [], exclude: [] },
  })

  // Meanwhile people have skipped a day, ended a programme, and made one of their own.
  const [sang, trua] = [await byKey('sang'), await byKey('trua')]
  const skip = { exception: { date: '2026-12-05', kind: 'skip', reason: 'Đám tang' } }
  await created(admin.put(`/api/programmes/${sang?.id}/exceptions/2026-12-05`, skip))
  await created(admin.post(`/api/programmes/${trua?.id}/end`))
  const own = { name: 'Tự lập', areaCode: COMMUNE, startsOn: '2026-12-02', startTime: '19:00', maxMinutes: 10 }
  await created(admin.post('/api/programmes', { ...own, targets: { areas: [COMMUNE] }, rundown: [{ kind: 'inbox' }] }))

  // Where the file and people speak of the same and differ, nothing at all happens.
  const days = '    exceptions:\n      2026-12-05: { move: { time: 07:00 } }\n'
  const before = await programmes()
  const disputed = await apply(stationFile(programme('sang', '06:00', days), programme('trua', '11:00')))
  expect([disputed.code, disputed.out]).toEqual([1, ''])
  expect(disputed.err.split('\n')).toEqual([
    expect.stringMatching(
      /station\.yaml:11:19: programmes\.sang\.exceptions\.2026-12-05: .*“move: 07:00”.*“skip: Đám tang”/,
    ),
    expect.stringMatching(/station\.yaml:12:3: programmes\.trua: .*--reopen/),
  ])
  expect(await programmes()).toEqual(before)

  // Settled, the series is changed, the day stays skipped, another is added, and what is not in the file is left alone.
  const settled = stationFile(programme('sang', '06:00', days.replace('12-05', '12-06')), programme('trua', '11:00'))
  const changed = await apply(settled, '--reopen')
  expect(linesOf(changed.out)).toMatchObject([
    { action: 'change', key: 'sang', id: sang?.id, fields: ['startTime', 'exceptions'] },
    { action: 'create', key: 'trua' },
    { action: 'leave', key: 'chieu' },
  ])
  const { exceptions, startTime } = (await byKey('sang')) ?? {}
  expect(startTime).toBe('06:00')
  expect(exceptions?.map(({ date, kind }) => `${date} ${kind}`).sort()).toEqual(['2026-12-05 skip', '2026-12-06 move'])

  const pruned = await apply(settled, '--prune')
  expect(linesOf(pruned.out).map(({ action, key }) => `${action} ${key}`)).toEqual([
    'end chieu',
    'keep sang',
    'keep trua',
  ])
  const { status, exceptions: none, ...untouched } = (await byKey(null)) ?? {}
  expect([status, none]).toEqual(['active', []])
  expect(untouched).toMatchObject({ ...own, revision: 1 })

  const [exported, quiet] = await Promise.all([
    runLoa(dataDir, ['programmes', 'export', COMMUNE]),
    apply(stationFile(programme('dem', '23:00')), '--dry-run'),
  ])
  expect(exported.out).toContain('# - Tự lập')
  expect((await admin.get(`/api/stations/${COMMUNE}/programmes.yaml`)).body.trim()).toBe(exported.out)
  expect([quiet.code, quiet.err]).toEqual([1, expect.stringMatching(/dem\.startTime: Buổi phát rơi vào giờ yên tĩnh/)])
  const again = await apply(exported.out, '--prune')
  expect(linesOf(again.out).map(({ action }) => action)).toEqual(['keep', 'keep'])
})
