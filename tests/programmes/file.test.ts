import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageOf } from '../../controller/messages.ts'
import { checkFile } from '../../controller/programmes/file/check.ts'
import { schemasAt, stationJsonSchema } from '../../controller/programmes/file/json-schema.ts'
import { parseStationFile } from '../../controller/programmes/file/parse.ts'
import { previewFile } from '../../controller/programmes/file/preview.ts'
import { FileError } from '../../controller/programmes/file/problem.ts'

const SCHEDULES = join(dirname(fileURLToPath(import.meta.url)), '../../schedules')
const read = (name: string): string => readFileSync(join(SCHEDULES, name), 'utf8')
const EXAMPLES = readdirSync(SCHEDULES).filter((name) => name.endsWith('.yaml'))
const NOW = Date.UTC(2026, 10, 25)
const AREA = '00004'

const programme = (lines: string): string => `areaCode: ${AREA}
programmes:
  a:
    name: A
    startsOn: 2026-12-01
    startTime: 05:30
    rundown: [inbox]
${lines}`

/** `line:column field key` of all that is wrong. */
function wrongWith(text: string, check = false): string[] {
  try {
    const file = parseStationFile(text)
    if (check) checkFile(file, NOW)
    return []
  } catch (err) {
    if (!(err instanceof FileError)) throw err
    for (const { key, values = {} } of err.problems) {
      // What the file itself says may look like a place to fill.
      const filled = Object.fromEntries(Object.keys(values).map((name) => [name, '…']))
      expect(messageOf(key, filled)).not.toMatch(/\{\w+\}|^Giá trị không hợp lệ/)
    }
    return err.problems.map(({ line, column, field, key }) => `${line}:${column} ${field} ${key}`)
  }
}

describe('the files that come with the product', () => {
  test.each(EXAMPLES)('%s is without fault, and its editor knows where its schema is', (name) => {
    expect(wrongWith(read(name), true)).toEqual([])
    expect(read(name)).toMatch(/^# yaml-language-server: \$schema=\.\/programmes\.schema\.json\n/)
  })

  test('the schema beside them is the one that files are read by', () => {
    expect(JSON.parse(read('programmes.schema.json'))).toEqual(JSON.parse(JSON.stringify(stationJsonSchema())))
  })

  test('every field of a programme is explained to whoever writes it', () => {
    const fields = [[], ['programmes', 'a']].flatMap((path) => schemasAt(path)).map(({ properties }) => properties)
    expect(fields).toHaveLength(2)
    for (const [name, schema] of fields.flatMap((properties) => Object.entries(properties ?? {})))
      expect(schema, name).toHaveProperty('description')
  })
})

describe('what is wrong with a file is said where it is', () => {
  test.each<[string, string, string[]]>([
    ['nothing', '', ['1:1  file.empty']],
    ['no group', '- a', ['1:1  file.type']],
    ['a misspelt field', programme('    startOn: 1\n'), ['8:5 programmes.a.startOn file.unknownKeyNear']],
    [
      'a field misspelt that must be there',
      programme('').replace('startsOn', 'startOn'),
      ['5:5 programmes.a.startOn file.unknownKeyNear'],
    ],
    ['an unknown field', programme('    colour: red\n'), ['8:5 programmes.a.colour file.unknownKey']],
    ['a missing field', programme('').replace(/ {4}name.*\n/, ''), ['3:3 programmes.a.name file.missing']],
    ['a number for a name', programme('').replace('name: A', 'name: 12'), ['4:11 programmes.a.name file.type']],
    ['a time', programme('').replace('05:30', '5:30'), ['6:16 programmes.a.startTime format.time']],
    ['a key', programme('').replace('  a:', '  Bản tin:'), ['3:3 programmes.Bản tin format.programmeKey']],
    ['a bound', programme('    maxMinutes: 500\n'), ['8:17 programmes.a.maxMinutes file.atMost']],
    ['an area', programme('').replace(AREA, '123'), ['1:11 areaCode format.areaCode']],
    ['a zone', `timeZone: Asia/Nowhere\n${programme('')}`, ['1:11 timeZone station.timeZone']],
    [
      'a choice',
      programme('    repeat: { weekday: [MO] }\n'),
      ['8:15 programmes.a.repeat.weekday file.unknownKeyNear'],
    ],
    ['no choice at all', programme('    repeat: hourly\n'), ['8:13 programmes.a.repeat file.notOneOf']],
    ['a weekday', programme('    repeat: { weekdays: [T2] }\n'), ['8:26 programmes.a.repeat.weekdays.0 file.notOneOf']],
    ['a rule', programme('    repeat: { rrule: FREQ=HOURLY }\n'), ['8:22 programmes.a.repeat.rrule programme.rrule']],
    ['an item', programme('').replace('[inbox]', '[bull_1]'), ['7:15 programmes.a.rundown.0 file.notOneOf']],
    [
      'the kind of an item',
      programme('').replace('[inbox]', '[{ kind: song }]'),
      ['7:23 programmes.a.rundown.0.kind file.notOneOf'],
    ],
    [
      'two places',
      programme('').replace('[inbox]', '[inbox, inbox]'),
      ['7:22 programmes.a.rundown.1 programme.inboxTwice'],
    ],
    [
      'an exception on no date',
      programme('    exceptions:\n      2026-13-01: skip\n'),
      ['9:7 programmes.a.exceptions.2026-13-01 format.date'],
    ],
    [
      'a move to nowhere',
      programme('    exceptions:\n      2026-12-02: { move: {} }\n'),
      ['9:27 programmes.a.exceptions.2026-12-02.move calendar.moveNowhere'],
    ],
    [
      'an end before the start',
      programme('    until: 2026-11-01\n'),
      ['8:12 programmes.a.until calendar.endsBeforeStart'],
    ],
  ])('%s', (_, text, expected) => {
    expect(wrongWith(text)).toEqual(expected)
  })

  test('the sentence names what is there, and what was probably meant', () => {
    const said = (text: string): string => {
      try {
        parseStationFile(text)
        return ''
      } catch (err) {
        return err instanceof FileError ? err.problems.map(({ key, values }) => messageOf(key, values)).join() : ''
      }
    }
    expect(said(programme('    startTiem: 05:30\n'))).toBe('Không có mục “startTiem” ở đây. Có phải “startTime” không?')
    expect(said(programme('    until: !!str 2026-12-31\n'))).toBe(
      'Tệp lịch phát không dùng ký hiệu ! (tag). Hãy bỏ !!str.',
    )
    expect(said(programme('    until: !date 2026-12-31\n'))).toContain('Hãy bỏ !date.')
    expect(said(programme('    repeat: hourly\n'))).toContain('once, daily, { weekdays: … }, { lunarDays: … }')
  })
})

describe('what YAML can do and schedules do not need is refused', () => {
  const deep = (text: string) => expect(wrongWith(text)).toEqual([expect.stringMatching(/file\.tooDeep$/)])

  test.each<[string, string, string]>([
    [
      'anchors, of which a bomb is made',
      programme('    until: &a 2026-12-31\n'),
      '8:15 programmes.a.until file.anchor',
    ],
    ['references', programme('    until: *a\n'), '8:12 programmes.a.until file.anchor'],
    ['merge keys', programme('    <<: { until: 2026-12-31 }\n'), '8:5 programmes.a.<< file.unknownKey'],
    ['tags', programme('    until: !!timestamp 2026-12-31\n'), '8:24 programmes.a.until file.tag'],
    ['an older YAML, in which 05:30 is a number', `%YAML 1.1\n---\n${programme('')}`, '1:1  file.directive'],
    ['a name that stands there twice', programme('    name: B\n'), '8:5 programmes.a.name file.keyTwice'],
    ['two documents', `${programme('')}---\na: 1\n`, '8:1  file.documents'],
    ['names that are no text', '[1]: 2', '1:1  file.key'],
    ['tabs', 'a:\n\tb: 1', '2:1  file.tab'],
    ['what does not close', 'a: [1, 2\nb: 3', '2:1  file.indent'],
    ['more than a megabyte', 'a'.repeat(1024 ** 2 + 1), '1:1  file.tooLarge'],
  ])('%s', (_, text, expected) => {
    expect(wrongWith(text)[0]).toBe(expected)
  })

  test('nesting without end, before anything recurses', () => {
    deep('['.repeat(500_000))
    deep('{a: '.repeat(200_000))
    deep('- '.repeat(500_000))
    deep('? '.repeat(500_000))
    deep(Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'))
  })

  test('a name that JavaScript knows is a name like any other, but for the one that objects lose', () => {
    expect(wrongWith(programme('    __proto__: 1\n'))).toEqual(['8:5 programmes.a.__proto__ file.keyTaken'])
    expect(wrongWith(programme('').replace('  a:', '  __proto__:'))).toEqual(['3:3 programmes.__proto__ file.keyTaken'])
    expect(wrongWith(programme('    exceptions: { __proto__: skip }\n'))).toEqual([
      '8:19 programmes.a.exceptions.__proto__ file.keyTaken',
    ])
    expect(wrongWith(programme('    constructor: 1\n'))).toEqual(['8:5 programmes.a.constructor file.unknownKey'])
  })

  test('no text does anything but be read or be refused', () => {
    const bit = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '&',
      '*',
      '!',
      '|',
      '>',
      '\t',
      '0',
      '%',
      '?',
      ',',
      'programmes:',
      'ậ',
      '🎵',
    )
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), (bits) => {
        wrongWith(bits.join(''))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a file is checked for what needs no database', () => {
  const two = (more: string, first = ''): string => `${programme(`    repeat: daily\n    maxMinutes: 45\n${first}`)}  b:
    name: B
    startsOn: 2026-12-01
    startTime: 06:00
    repeat: daily
    maxMinutes: 15
    rundown: [inbox]
${more}`

  test.each<[string, string, string[]]>([
    [
      'a calendar without a day',
      programme('    repeat: { lunarDays: [30], lunarMonths: [1], leapMonths: only }\n'),
      ['3:3 programmes.a file.noSession'],
    ],
    [
      'quiet hours of no length',
      `quietHours: { from: 12:00, to: 12:00 }\n${programme('')}`,
      ['1:32 quietHours.to rules.quietEmpty'],
    ],
    ['the quiet hours', programme('').replace('05:30', '04:30'), ['6:16 programmes.a.startTime programme.quietHours']],
    [
      'quiet hours of its own',
      `quietHours: { from: 20:00, to: 06:00 }\n${programme('')}`,
      ['7:16 programmes.a.startTime programme.quietHours'],
    ],
    ['an overlap', two(''), ['13:16 programmes.b.startTime file.overlaps']],
    [
      'an overlap on clusters that both have',
      two('    targets: { clusters: [clu_a] }\n'),
      ['13:16 programmes.b.startTime file.overlaps'],
    ],
    ['different clusters', two('    targets: { clusters: [clu_a] }\n', '    targets: { exclude: [clu_a] }\n'), []],
    [
      'minutes',
      `limits: { minutesPerSession: 30 }\n${programme('')}`,
      ['4:3 programmes.a.maxMinutes file.limit.minutesPerSession'],
    ],
    ['days', `limits: { days: [MO] }\n${programme('')}`, ['4:3 programmes.a.repeat file.limit.days']],
  ])('%s', (_, text, expected) => {
    expect(wrongWith(text, true)).toEqual(expected)
  })

  test('what might reach into the quiet hours, or is over, is only a warning', () => {
    const keys = (text: string) => checkFile(parseStationFile(text), NOW).map(({ key }) => key)
    expect(keys(programme('    maxMinutes: 90\n').replace('05:30', '21:00'))).toEqual(['file.mayReachQuiet'])
    expect(keys(programme('').replace('2026-12-01', '2025-12-01'))).toEqual(['file.noSessionAhead'])
    // As long as the ladder lets a programme wait for its turn.
    expect(keys(two('').replace('06:00', '06:10'))).toEqual(['file.waits'])
    expect(wrongWith(two('').replace('06:00', '06:09'), true)).toHaveLength(1)
  })
})

test('a day that is made different although nothing airs on it is a warning, with the days that were probably meant', () => {
  const days = (...lines: string[]) => `    exceptions:\n${lines.map((line) => `      ${line}\n`).join('')}`
  const weekly = '    repeat: { weekdays: [MO, TU] }\n'
  const warnings = (lines: string, startsOn = '2026-11-02') =>
    checkFile(parseStationFile(programme(lines).replace('2026-12-01', startsOn)), NOW).map(
      ({ line, column, field, key, values }) => `${line}:${column} ${field} ${key} ${values?.near}`,
    )
  expect(warnings(weekly + days('2026-12-01: skip', '2026-12-02: skip'))).toEqual([
    '11:19 programmes.a.exceptions.2026-12-02 programme.strayDay 01/12/2026, 07/12/2026',
  ])
  const moved = days('2026-12-05: { move: { date: 2026-12-08 } }', "2026-12-06: { skip: 'Tang lễ' }")
  expect(warnings(weekly + moved)).toEqual([
    '10:19 programmes.a.exceptions.2026-12-05 programme.strayDay 01/12/2026, 07/12/2026',
    '11:19 programmes.a.exceptions.2026-12-06 programme.strayDay 01/12/2026, 07/12/2026',
  ])
  // A year too early, or beyond the end; but not what an older form of the series may have had.
  expect(warnings(weekly + days('2025-12-01: skip', '2026-11-04: skip'))).toEqual([
    '10:19 programmes.a.exceptions.2025-12-01 programme.strayDay 02/11/2026',
  ])
  const ending = `    until: 2026-12-15\n${weekly}`
  expect(warnings(ending + days('2026-12-21: skip', '2029-01-01: skip'))).toEqual([
    '11:19 programmes.a.exceptions.2026-12-21 programme.strayDay 15/12/2026',
    '12:19 programmes.a.exceptions.2029-01-01 programme.strayDay 15/12/2026',
  ])
  // What was to be silent on a holiday is; something else would not air.
  const free = '    repeat: daily\n    holidays: skip\n'
  expect(warnings(free + days('2027-01-01: skip'))).toEqual([])
  expect(warnings(free + days('2027-01-01: { replace: bul_x }'))).toEqual([
    '11:19 programmes.a.exceptions.2027-01-01 programme.strayDay 31/12/2026, 02/01/2027',
  ])
  const leapDays = `    repeat: { rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 }\n${days('2030-02-28: skip')}`
  expect(warnings(leapDays, '2028-01-01')).toEqual([
    '3:3 programmes.a file.noSessionAhead undefined',
    '10:19 programmes.a.exceptions.2030-02-28 programme.strayDayAlone ',
  ])
})

test('a preview says when, what and what is amiss, and that lengths are not known', () => {
  const file = parseStationFile(`limits: { sessionsPerDay: 1 }
${programme(`    repeat: daily
    maxMinutes: 20
    exceptions:
      2026-12-02: { move: { time: 17:00 } }
      2026-12-03: { replace: bul_x }
      2026-12-04: skip
`)}  b:
    name: B
    startsOn: 2026-12-02
    startTime: 17:10
    rundown: [{ kind: bulletin, bulletinId: bul_a, excerptMs: 5000 }]
`)
  const session = { level: 'programme', fill: 'unknown', warnings: [] }
  const inbox = [{ kind: 'inbox', ms: null }]
  expect(previewFile(file, '2026-11-30', '2026-12-04')).toEqual([
    {
      programme: 'a',
      startsAt: '2026-12-01T05:30:00+07:00',
      endsAt: '2026-12-01T05:50:00+07:00',
      ...session,
      items: inbox,
    },
    {
      programme: 'a',
      startsAt: '2026-12-02T17:00:00+07:00',
      endsAt: '2026-12-02T17:20:00+07:00',
      ...session,
      items: inbox,
    },
    {
      programme: 'b',
      startsAt: '2026-12-02T17:10:00+07:00',
      endsAt: '2026-12-02T18:10:00+07:00',
      ...session,
      items: [{ kind: 'bulletin', bulletinId: 'bul_a', excerptMs: 5_000, ms: null }],
      warnings: [
        'Ngày 02/12/2026 có quá 1 buổi theo giới hạn của tệp. Hãy bớt một chương trình trong ngày này.',
        'Ngày 02/12/2026, chương trình này trùng giờ với a. Hãy đổi giờ, giảm maxMinutes, hoặc chọn cụm loa khác nhau.',
      ],
    },
    {
      programme: 'a',
      startsAt: '2026-12-03T05:30:00+07:00',
      endsAt: '2026-12-03T05:50:00+07:00',
      ...session,
      items: [{ kind: 'bulletin', bulletinId: 'bul_x', ms: null }],
    },
  ])
})

test('a preview keeps to the zone of its station, also where the clocks change', () => {
  const text = `timeZone: America/St_Johns\n${programme('    repeat: daily\n').replace('2026-12-01', '2026-10-31')}`
  const starts = previewFile(parseStationFile(text), '2026-10-31', '2026-11-01').map(({ startsAt }) => startsAt)
  expect(starts).toEqual(['2026-10-31T05:30:00-02:30', '2026-11-01T05:30:00-03:30'])
})
