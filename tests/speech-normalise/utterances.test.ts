import { describe, expect, test } from 'vitest'
import { scriptToUtterances } from '../../controller/speech/normalise/utterances.ts'

const spoken = (script: string): string[] => scriptToUtterances(script).map((utterance) => utterance.spoken)

describe('cutting a script', () => {
  test('ends sentences at full stops, but not at those of abbreviations, numbers and list markers', () => {
    expect(spoken('1. Mời ThS. Lê An phát biểu. Giá 1.500 đồng. Họp tại TP. Huế.')).toEqual([
      'một, Mời thạc sĩ Lê An phát biểu.',
      'Giá một nghìn năm trăm đồng.',
      'Họp tại Thành phố Huế.',
    ])
  })

  test('keeps offsets into the script and pauses longer the bigger the border', () => {
    const script = 'I. LỊCH TIÊM CHỦNG\nTrẻ em tiêm lúc 7h30. Người lớn tiêm lúc 9h.\nXin cảm ơn.'
    const utterances = scriptToUtterances(script)
    expect(utterances.map(({ source }) => source)).toEqual([
      'I. LỊCH TIÊM CHỦNG',
      'Trẻ em tiêm lúc 7h30.',
      'Người lớn tiêm lúc 9h.',
      'Xin cảm ơn.',
    ])
    for (const { source, start, end } of utterances) expect(script.slice(start, end)).toBe(source)
    const [heading, sentence, paragraph] = utterances.map(({ pauseAfterMs }) => pauseAfterMs)
    expect(heading).toBeGreaterThan(paragraph ?? 0)
    expect(paragraph).toBeGreaterThan(sentence ?? 0)
  })

  test('cuts a long sentence at clause borders', () => {
    const clause = 'thực hiện phân loại rác tại nguồn, giữ gìn đường làng ngõ xóm sạch đẹp'
    const utterances = scriptToUtterances(`Đề nghị bà con ${Array(12).fill(clause).join('; ')}.`)
    expect(utterances.length).toBeGreaterThan(2)
    for (const utterance of utterances) expect(utterance.spoken.length).toBeLessThanOrEqual(400)
    for (const utterance of utterances.slice(0, -1)) expect(utterance.source).toMatch(/;$/)
    expect(utterances[0]?.pauseAfterMs).toBeLessThan(utterances.at(-1)?.pauseAfterMs ?? 0)
  })

  test('joins lines that a page broke, across the words of a reference', () => {
    const page = [
      'Thực hiện Kế hoạch số 45/KH-UBND ngày 12 tháng 3 năm 2026 của',
      '',
      'UBND tỉnh về việc tổ chức tháng hành động vì môi trường trên địa',
      '',
      'bàn, xã phân công các ấp, các trường học và các hội đoàn thể dọn',
      '',
      'dẹp vệ sinh từ ngày 15/3 đến hết ngày 30/3, mỗi tuần một buổi.',
      '',
      'Các ấp báo cáo kết quả.',
      '',
      'Trường học báo cáo riêng.',
      '',
      'Trạm y tế theo dõi, giám sát và phun thuốc diệt muỗi ở những nơi',
      '',
      'còn nước đọng.',
    ].join('\n')
    expect(spoken(page)).toEqual([
      'Thực hiện Kế hoạch số bốn mươi lăm ngày mười hai tháng ba năm hai nghìn không trăm hai mươi sáu của Ủy ban nhân dân tỉnh về việc tổ chức tháng hành động vì môi trường trên địa bàn, xã phân công các ấp, các trường học và các hội đoàn thể dọn dẹp vệ sinh từ ngày mười lăm tháng ba đến hết ngày ba mươi tháng ba, mỗi tuần một buổi.',
      'Các ấp báo cáo kết quả.',
      'Trường học báo cáo riêng.',
      'Trạm y tế theo dõi, giám sát và phun thuốc diệt muỗi ở những nơi còn nước đọng.',
    ])
  })

  test('drops what says nothing', () => {
    expect(spoken('-----\n\n***\n\n•\n Chào bà con. \n')).toEqual(['Chào bà con.'])
  })
})

describe('turns', () => {
  test('questions and answers take turns, and an answer goes on until the next question', () => {
    const script =
      'Mời bà con nghe hỏi đáp.\nHỏi: Ai được cấp thẻ?\nĐáp: Trẻ dưới 6 tuổi.\nThẻ được gửi về nhà.\nCâu hỏi 2: Ở đâu?\nTrả lời: Tại UBND xã.'
    expect(scriptToUtterances(script).map(({ turn }) => turn)).toEqual([
      'narrator',
      'question',
      'answer',
      'answer',
      'question',
      'answer',
    ])
  })

  test('characters of a skit speak without their names and stage directions', () => {
    const script = [
      'Người dẫn chuyện: Buổi sáng ở chợ.',
      'Bà Tư: (cười) Chị ơi, mũ đâu?',
      'Chị Lan: Dạ, đi có 2 km mà bác.',
      'Bà Tư: Đi 1 km cũng phải đội!',
    ].join('\n')
    expect(scriptToUtterances(script).map(({ turn, spoken: words }) => [turn, words])).toEqual([
      ['narrator', 'Buổi sáng ở chợ.'],
      ['Bà Tư', 'Chị ơi, mũ đâu?'],
      ['Chị Lan', 'Dạ, đi có hai ki lô mét mà bác.'],
      ['Bà Tư', 'Đi một ki lô mét cũng phải đội!'],
    ])
  })

  test('labels of a notice are no characters', () => {
    const script = 'Thời gian: 7h30.\nĐịa điểm: Nhà văn hóa ấp 2.\nThời gian: 14h.\nĐịa điểm: Trường học.'
    expect(new Set(scriptToUtterances(script).map(({ turn }) => turn))).toEqual(new Set(['narrator']))
  })
})

describe('parts of a document', () => {
  const document = [
    'ỦY BAN NHÂN DÂN',
    'XÃ TÂN LẬP',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'Số: 12/TB-UBND',
    'Tân Lập, ngày 3 tháng 5 năm 2026',
    'THÔNG BÁO',
    'Về việc nghỉ lễ',
    'UBND xã thông báo lịch nghỉ như sau:',
    'TT',
    'Bộ phận',
    'Lịch',
    '',
    'Đề nghị bà con biết, liên hệ công việc./.',
    'Nơi nhận:',
    '- Như trên;',
    '- Lưu: VT.',
    'TM. ỦY BAN NHÂN DÂN',
    'CHỦ TỊCH',
  ].join('\n')

  test('letterhead, table and signature are told apart from what is to be read', () => {
    const read = scriptToUtterances(document).filter(({ kind }) => kind === 'heading' || kind === 'sentence')
    expect(read.map(({ spoken: words }) => words)).toEqual([
      'THÔNG BÁO',
      'Về việc nghỉ lễ',
      'Ủy ban nhân dân xã thông báo lịch nghỉ như sau',
      'Đề nghị bà con biết, liên hệ công việc.',
    ])
  })

  test('what may be left out is still there, by kind', () => {
    const kinds = scriptToUtterances(document).map(({ kind, spoken: words }) => `${kind}: ${words}`)
    expect(kinds).toContain('signature: Độc lập, Tự do, Hạnh phúc')
    expect(kinds).toContain('table: Bộ phận')
    expect(kinds).toContain('signature: Lưu, văn thư.')
  })
})
