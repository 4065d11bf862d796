import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CreateProgramme } from '#protocol/http/programmes.ts'
import { ProgrammeId } from '#protocol/ids.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import { decideSteps } from '../../controller/programmes/file/decide-steps.ts'
import { parseStationFile } from '../../controller/programmes/file/parse.ts'
import { writeStationFile } from '../../controller/programmes/file/write-yaml.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import { calendar } from '../rules/arbitraries.ts'

const AREA = '00004'

/** As it stands in the database. */
const asStored = (programme: CreateProgramme): StoredProgramme => ({
  ...programme,
  id: ProgrammeId.parse('prg_a'),
  status: 'active',
  revision: 1,
  createdBy: 'u',
  createdByName: 'Cán bộ',
  createdAt: 1,
  updatedAt: 1,
})

describe('what is exported', () => {
  const NAMES = [
    'Bản tin sáng',
    'a: b',
    '#',
    '- x',
    '"',
    "'",
    '{',
    'null',
    'yes',
    '05',
    '1e3',
    '~',
    '🎵 nhạc',
    'a #b',
    '|',
    '\u{2028}x',
    '!x',
    '&a',
    '@',
    '%',
    'x:',
  ]
  const name = fc.oneof(
    fc.constantFrom(...NAMES),
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
      .filter((text) => CreateProgramme.shape.name.safeParse(text).success),
  )
  const bulletinId = fc.constantFrom('bul_a', 'bul_b1')
  const item = fc.oneof(
    fc.constant({ kind: 'inbox' as const }),
    fc.record({ kind: fc.constant('bulletin' as const), bulletinId }),
    fc.record({
      kind: fc.constant('bulletin' as const),
      bulletinId,
      excerptMs: fc.integer({ min: 1_000, max: 90_000 }),
    }),
  )
  const targets = fc.oneof(
    fc.constant({ areas: [AREA] }),
    fc.record({
      areas: fc.constantFrom([], [AREA]),
      clusters: fc.subarray(['clu_a', 'clu_b']),
      exclude: fc.subarray(['clu_b', 'clu_c']),
    }),
  )
  const stored: fc.Arbitrary<StoredProgramme> = fc
    .record({
      name,
      calendar,
      maxMinutes: fc.integer({ min: 1, max: 180 }),
      targets,
      items: fc.array(item, { minLength: 1, maxLength: 4 }),
      reason: fc.option(name),
    })
    .map(({ calendar: { exceptions, ...series }, items, reason, ...rest }) => ({
      areaCode: AREA,
      ...series,
      exceptions: exceptions.map((one) =>
        one.kind === 'skip' && reason !== null
          ? { ...one, reason }
          : one.kind === 'replace'
            ? { ...one, replacement: 'bul_a' }
            : one,
      ),
      ...rest,
      rundown: items.filter((one, i) => one.kind !== 'inbox' || items.findIndex(({ kind }) => kind === 'inbox') === i),
    }))
    // As it is read from the database: through the schema.
    .map((input) => CreateProgramme.parse(input))
    .map(asStored)

  test('is read as what it was, whatever it is, so that applying it changes nothing', () => {
    fc.assert(
      fc.property(fc.array(stored, { maxLength: 3 }), (programmes) => {
        const keyed = programmes.map((one, i) => ({ ...one, key: `key-${i}` }))
        const text = writeStationFile({ areaCode: AREA, ...DEFAULT_STATION }, [...keyed, ...programmes])
        const { steps, problems } = decideSteps(
          parseStationFile(text).programmes,
          { active: [...keyed, ...programmes], endedAt: new Map() },
          { prune: true, reopen: true },
          () => '',
        )
        expect(problems).toEqual([])
        expect(steps.map(({ action }) => action)).toEqual(keyed.map(() => 'keep'))
      }),
      { numRuns: 300 },
    )
  })

  test('carries what of the station previews depend on', () => {
    const station = { areaCode: AREA, timeZone: 'Asia/Bangkok', quietHours: { from: '21:00', to: '05:30' } }
    expect(parseStationFile(writeStationFile(station, []))).toMatchObject(station)
  })
})

describe('what a file says otherwise than its station', () => {
  const FIELDS = {
    name: 'A',
    startsOn: '2026-12-01',
    startTime: '05:30',
    until: '2027-12-01',
    repeat: 'daily',
    season: '{ from: 04-16, to: 10-15 }',
    holidays: 'skip',
    maxMinutes: '15',
    targets: '{ exclude: [clu_a] }',
    rundown: '[inbox]',
  }
  const parse = (fields: Record<string, string>) => {
    const lines = Object.entries(fields).map(([name, value]) => `    ${name}: ${value}\n`)
    return parseStationFile(`areaCode: '${AREA}'\nprogrammes:\n  a:\n${lines.join('')}`).programmes
  }
  const known = parse(FIELDS).map(({ programme }) => asStored(programme))

  test.each(
    Object.entries({
      name: 'B',
      startsOn: '2026-12-02',
      startTime: '05:31',
      until: '2027-12-02',
      repeat: '{ weekdays: [MO] }',
      season: '{ from: 04-16, to: 10-16 }',
      holidays: 'only',
      maxMinutes: '16',
      targets: '{ exclude: [clu_b] }',
      rundown: '[bul_a, inbox]',
      exceptions: '{ 2026-12-24: skip }',
    }),
  )('is seen where it is the %s', (field, value) => {
    const wishes = { prune: false, reopen: false }
    const stepsFor = (fields: Record<string, string>) =>
      decideSteps(parse(fields), { active: known, endedAt: new Map() }, wishes, () => '').steps
    expect(stepsFor(FIELDS)).toMatchObject([{ action: 'keep' }])
    expect(stepsFor({ ...FIELDS, [field]: value })).toMatchObject([{ action: 'change', fields: [field] }])
  })
})
