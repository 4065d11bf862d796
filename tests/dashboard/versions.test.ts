import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { previewOf } from '../../controller/speech/preview.ts'
import { diffScripts, type Stretch } from '../../dashboard/src/features/bulletins/diff-scripts.ts'
import { olderOnAir, stateOfVersion } from '../../dashboard/src/features/bulletins/version-state.ts'
import { citedDocuments } from '../../dashboard/src/features/speech/cited-documents.ts'
import { NOTHING_READ, readingOf } from '../../dashboard/src/features/speech/reading.ts'
import { TWO_VOICES } from '../support/voices.ts'

describe('what a version has changed', () => {
  const shown = (stretches: readonly Stretch[]): string =>
    stretches
      .map((one) => {
        if (one.kind === 'skipped') return `(${one.count})`
        return { same: one.text, added: `[+${one.text}]`, removed: `[-${one.text}]` }[one.kind]
      })
      .join('')

  test('is shown word by word within a line, and line by line around it', () => {
    const lines = ['Kính thưa bà con.', 'Một.', 'Hai.', 'Ba.', 'Mức phạt hai triệu đồng.', 'Bốn.', 'Năm.', 'Sáu.']
    const after = lines.map((line) => line.replace('hai triệu', 'bốn triệu'))
    expect(shown(diffScripts(lines.join('\n'), [...after, 'Xin cảm ơn.'].join('\n')))).toBe(
      '(3)Ba.\nMức phạt [-hai][+bốn] triệu đồng.\nBốn.\nNăm.\nSáu.\n[+Xin cảm ơn.\n]',
    )
  })

  test('is nothing where only empty lines were', () => {
    expect(
      diffScripts('Một.\n\n\nHai.', 'Một.\nHai.\n').every(({ kind }) => kind === 'same' || kind === 'skipped'),
    ).toBe(true)
  })

  test('gives back both texts, whatever they are', () => {
    const script = fc
      .array(fc.constantFrom('Một câu.', 'Hai câu dài hơn.', 'Ba.', 'Ngày 01/01/2025.', 'luật đất đai'), {
        maxLength: 12,
      })
      .map((lines) => lines.join('\n'))
    const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')
    fc.assert(
      fc.property(script, script, (before, after) => {
        const stretches = diffScripts(before, after)
        const kept = (kind: 'added' | 'removed') =>
          stretches.flatMap((one) => (one.kind === 'same' || one.kind === kind ? [one.text] : [])).join('')
        const skipped = stretches.reduce((sum, one) => sum + (one.kind === 'skipped' ? one.count : 0), 0)
        expect(linesOf(kept('removed')).length + skipped).toBe(linesOf(before).length)
        expect(linesOf(kept('added')).length + skipped).toBe(linesOf(after).length)
        for (const line of linesOf(kept('added'))) expect(linesOf(after)).toContain(line)
      }),
    )
  })
})

describe('the state of a version', () => {
  const version = (id: `ver_${string}`, ...kinds: ('submit' | 'approve' | 'return' | 'withdraw')[]) => ({
    id,
    decisions: kinds.map((kind) => ({ kind, byName: 'x', at: '2026-11-23T00:00:00.000Z', reason: null })),
  })

  test('tells what is on air from what was, what is in work, and what never came that far', () => {
    const bulletin = { versionId: 'ver_5', approvedVersionId: 'ver_4' } as const
    const states = [
      version('ver_1', 'submit', 'approve'),
      version('ver_2', 'submit', 'return'),
      version('ver_3', 'submit', 'approve', 'withdraw'),
      version('ver_4', 'submit', 'approve'),
      version('ver_5', 'submit'),
    ].map((one) => stateOfVersion(one, bulletin))
    expect(states).toEqual(['followed', 'unused', 'withdrawn', 'onAir', 'current'])
    expect(stateOfVersion(version('ver_4', 'approve', 'withdraw'), { ...bulletin, approvedVersionId: null })).toBe(
      'withdrawn',
    )
  })

  test('says which older version is still heard', () => {
    const versions = [
      { id: 'ver_5' as const, number: 5 },
      { id: 'ver_4' as const, number: 4 },
    ].map((one) => ({
      ...version(one.id),
      ...one,
      createdAt: '2026-11-23T00:00:00.000Z',
      createdByName: 'x',
    }))
    expect(olderOnAir({ versions, versionId: 'ver_5', approvedVersionId: 'ver_4' })).toBe(4)
    expect(olderOnAir({ versions, versionId: 'ver_5', approvedVersionId: 'ver_5' })).toBeNull()
    expect(olderOnAir({ versions, versionId: 'ver_5', approvedVersionId: null })).toBeNull()
  })
})

test('the documents that a script names are found once each, with the name that the writer gives them', () => {
  const script = `Số: 05/KH-UBND
Căn cứ Luật Đất đai số 31/2024/QH15; Nghị định số 168/2024/NĐ-CP của Chính phủ, bà con chú ý. Quyết định 766/QĐ-TTg.
Xe máy 100/2019 chiếc. Theo 168/2024/NĐ-CP và kế hoạch số 05 /KH-UBND thì nộp trước 01/01/2025.`
  expect(citedDocuments(readingOf(previewOf(script, {}, TWO_VOICES), NOTHING_READ))).toEqual([
    'Kế hoạch số 05/KH-UBND',
    'Luật Đất đai số 31/2024/QH15',
    'Nghị định số 168/2024/NĐ-CP',
    'Quyết định 766/QĐ-TTg',
  ])
})
