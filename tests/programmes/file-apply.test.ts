import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Broadcast } from '#protocol/http/broadcasts.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { type Applied, applyFile } from '../../controller/programmes/file/apply.ts'
import { parseStationFile } from '../../controller/programmes/file/parse.ts'
import { FileError } from '../../controller/programmes/file/problem.ts'
import { openProvince, type Province } from '../broadcasts/commune.ts'

/** Communes of Hà Nội, one for each test. */
const AREAS = ['00004', '00008', '00025', '00070']
let p: Province
let bulletinId: string
beforeAll(async () => {
  p = await openProvince()
  bulletinId = await p.bulletin()
})
afterAll(() => p[Symbol.asyncDispose]())

async function commune(): Promise<{ areaCode: string; apply: (lines: string) => Promise<Applied | string[]> }> {
  const areaCode = AREAS.shift() ?? ''
  await p.enrol(areaCode)
  const wishes = { prune: false, reopen: false }
  return {
    areaCode,
    /** What became of its one programme, or `line:column field key` of all that is wrong. */
    async apply(lines) {
      const file = parseStationFile(`areaCode: '${areaCode}'
programmes:
  sang:
    name: Bản tin sáng
    startsOn: 2026-11-02
    startTime: 05:30
    maxMinutes: 1
    rundown: [${bulletinId}]
${lines}`)
      const done: Applied[] = []
      try {
        const input = { actor: OPERATOR, file, wishes, isRehearsal: false }
        await applyFile(p.controller.controller.ctx, input, (applied) => done.push(applied))
      } catch (err) {
        if (!(err instanceof FileError)) throw err
        return err.problems.map(({ line, column, field, key }) => `${line}:${column} ${field} ${key}`)
      }
      const [applied] = done
      if (!applied) throw new Error('nothing was applied')
      return applied
    },
  }
}

test('an exception of a file is judged when it is new, as on the screen, and never again', async () => {
  const { areaCode, apply } = await commune()
  const long = await p.bulletin({ script: 'Một câu dài để đọc. '.repeat(60) })
  const days = (...lines: string[]) =>
    `    repeat: daily\n    exceptions:\n${lines.map((line) => `      ${line}\n`).join('')}`
  const old = '2026-11-05: { move: { date: 2026-11-06 } }'
  const wrong = days(old, '2026-11-26: { move: { date: 2026-11-20 } }', `2026-11-27: { replace: ${long} }`)
  const where = [
    '12:35 programmes.sang.exceptions.2026-11-26.move.date programme.inPast',
    '13:30 programmes.sang.exceptions.2026-11-27.replace programme.tooLong',
  ]
  expect(await apply(wrong)).toEqual(where)
  expect(await apply('    repeat: daily\n')).toMatchObject({ action: 'create' })
  expect(await apply(wrong)).toEqual(where)
  const moved = days(old, '2026-11-25: { move: { date: 2026-11-24 } }')
  expect(await apply(moved)).toMatchObject({ action: 'change', fields: ['exceptions'] })
  await p.until(async () => {
    const { items } = (await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)).body
    return items.some((one: Broadcast) => one.originalDate === '2026-11-24')
  }, 'planning')
  await p.jumpTo(Date.parse('2026-11-24T12:00+07:00'))
  // The hour to which it was moved is over by now.
  expect(await apply(moved.replace('daily', '{ weekdays: [MO, TU, WE] }'))).toMatchObject({ fields: ['repeat'] })
  expect(
    await apply(days(old, '2026-11-25: { move: { date: 2026-11-24 } }', '2026-11-24: { move: { time: 17:00 } }')),
  ).toEqual(['13:19 programmes.sang.exceptions.2026-11-24 inbox.begun'])
})

test('an exception on a day on which nothing airs is told by apply, and stays a warning of its programme until that day', async () => {
  const { areaCode, apply } = await commune()
  const days = '    exceptions:\n      2026-12-02: skip\n      2026-11-30: skip\n'
  const sentence =
    'Ngày 02/12/2026 không có buổi phát nào của chương trình này, nên thay đổi của ngày đó không có tác dụng. Các ngày gần nhất có buổi phát: 01/12/2026, 07/12/2026.'
  const weekly = '    repeat: { weekdays: [MO, TU] }\n'
  const warnings = async () => (await p.admin.get(`/api/programmes?areaCode=${areaCode}`)).body.items[0].warnings
  expect(await apply(weekly + days)).toEqual({
    action: 'create',
    key: 'sang',
    id: expect.any(String),
    warnings: [sentence],
  })
  expect(await warnings()).toEqual([sentence])
  expect(await apply(weekly.replace('TU', 'TU, WE') + days)).not.toHaveProperty('warnings')
  expect(await warnings()).toEqual([])
  expect(await apply(weekly + days)).toMatchObject({ action: 'change', warnings: [sentence] })
  await p.jumpTo(Date.parse('2026-12-03T00:00+07:00'))
  expect(await warnings()).toEqual([])
})

test('the days of a file and those of its station together are no more than a programme may have', async () => {
  const { apply } = await commune()
  const skips = (from: number, count: number): string => {
    const dates = Array.from({ length: count }, (_, n) =>
      new Date(Date.UTC(2026, 11, from + n)).toISOString().slice(0, 10),
    )
    return `    repeat: daily\n    exceptions:\n${dates.map((date) => `      ${date}: skip\n`).join('')}`
  }
  expect(await apply(skips(1, 200))).toMatchObject({ action: 'create' })
  expect(await apply(skips(201, 201))).toEqual(['11:7 programmes.sang.exceptions file.tooManyExceptions'])
  expect(await apply(skips(201, 200))).toMatchObject({ action: 'change' })
})

test('a file may exchange the times of two programmes, and is refused where two of its own collide', async () => {
  const { areaCode } = await commune()
  const fileOf = (first: string, second: string) =>
    parseStationFile(`
areaCode: '${areaCode}'
programmes:
  tin-mot: { name: Tin một, startsOn: 2026-11-25, startTime: ${first}, repeat: daily, maxMinutes: 30, rundown: [inbox] }
  tin-hai: { name: Tin hai, startsOn: 2026-11-25, startTime: ${second}, repeat: daily, maxMinutes: 30, rundown: [inbox] }
`)
  const apply = async (first: string, second: string) => {
    const input = { actor: OPERATOR, file: fileOf(first, second), wishes: { prune: false, reopen: false } }
    await applyFile(p.controller.controller.ctx, { ...input, isRehearsal: false }, () => {})
  }
  const starts = async () => {
    const { items } = (await p.admin.get(`/api/programmes?areaCode=${areaCode}`)).body
    return items.map(({ name, startTime }: { name: string; startTime: string }) => `${name} ${startTime}`).sort()
  }
  await expect(apply('06:00', '06:15')).rejects.toThrow()
  expect(await starts()).toEqual([])
  await apply('06:00', '06:30')
  await apply('06:30', '06:00')
  expect(await starts()).toEqual(['Tin hai 06:00', 'Tin một 06:30'])
})
