import { expect, test } from 'vitest'
import { parseScoreSheet, score } from '../../controller/speech/normalise/score.ts'

test('a sheet is scored by group, exactly and leniently, with each miss told', () => {
  const sheet = [
    '# input\taccepted\tgroup',
    '3 hộ\tba hộ\tcount',
    '1.205 hộ\tmột ngàn hai trăm lẻ năm hộ\tcount',
    '4/5\tkhông ai biết | bốn trên năm\ttests/test_cases_fraction.txt',
  ].join('\n')
  const result = score(parseScoreSheet(sheet))
  expect(result.groups).toEqual([
    { group: 'count', total: 2, exact: 1, lenient: 2 },
    { group: 'fraction', total: 1, exact: 0, lenient: 0 },
  ])
  expect(result.misses).toMatchObject([{ input: '4/5', got: 'bốn phần năm' }])
})
