/**
 * Reads Vietnamese number words back into a number. Written from the rules of the language and not from the
 * normaliser, so that a round trip through both proves something.
 */
const UNITS: Readonly<Record<string, number>> = {
  không: 0,
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  sáu: 6,
  bảy: 7,
  tám: 8,
  chín: 9,
}

const SCALES: Readonly<Record<string, number>> = { nghìn: 1e3, ngàn: 1e3, triệu: 1e6, tỷ: 1e9 }

export function parseVietnamese(words: string): number {
  let total = 0
  let group = 0
  let pending: number | null = null
  for (const word of words.split(' ')) {
    const scale = SCALES[word]
    if (word === 'linh' || word === 'lẻ') continue
    if (word === 'trăm') [group, pending] = [group + (pending ?? 0) * 100, null]
    else if (word === 'mươi') [group, pending] = [group + (pending ?? 0) * 10, null]
    else if (word === 'mười') group += 10
    else if (scale !== undefined) {
      total += (group + (pending ?? 0)) * scale
      ;[group, pending] = [0, null]
    } else {
      const unit = UNITS[word]
      if (unit === undefined) throw new Error(`not a number word: ${word}`)
      pending = unit
    }
  }
  return total + group + (pending ?? 0)
}
