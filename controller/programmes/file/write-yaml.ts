import { Document, isMap, isScalar, visit } from 'yaml'
import type { Station } from '#protocol/http/areas.ts'
import type { StoredProgramme } from '../programmes.store.ts'
import { toFile } from './forms.ts'
import { StationFile } from './schema.ts'

const SCHEMA_LINE = ' yaml-language-server: $schema=./programmes.schema.json'

/** What is written on one line, because it is read as one thing: some groups, and what is different on a date. */
const SHORT = /^(quietHours|repeat|season|targets|[\d-]+)$/

/** A station's programmes as a file that says just this: those that files know, the others by name in a remark. */
export function writeStationFile(
  { areaCode, timeZone, quietHours }: Pick<Station, 'areaCode' | 'timeZone' | 'quietHours'>,
  programmes: readonly StoredProgramme[],
): string {
  const keyed = programmes.flatMap((one) => (one.key === null ? [] : [[one.key, toFile(one)] as const]))
  const usual = StationFile.parse({ areaCode, programmes: {} })
  const doc = new Document(
    {
      areaCode,
      ...(timeZone === usual.timeZone ? {} : { timeZone }),
      ...(JSON.stringify(quietHours) === JSON.stringify(usual.quietHours) ? {} : { quietHours }),
      programmes: Object.fromEntries(keyed.sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    { version: '1.2', schema: 'core' },
  )
  doc.commentBefore = SCHEMA_LINE
  visit(doc, {
    Seq: (_, seq) => {
      seq.flow = seq.items.every(isScalar)
    },
    Pair: (_, { key, value }) => {
      if (isMap(value) && isScalar(key) && SHORT.test(String(key.value))) value.flow = true
    },
  })
  const others = programmes.filter(({ key }) => key === null).map(({ name }) => name)
  if (others.length > 0) doc.comment = [OTHERS, ...others.map((name) => ` - ${name}`)].join('\n')
  return doc.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true })
}

const OTHERS = ' Lập trên màn hình nên không có tên trong tệp, và không bị tệp này thay đổi:'
