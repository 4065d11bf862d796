import { describe, expect, test } from 'vitest'
import { normalise } from '../../controller/speech/normalise/normalise.ts'
import { countAbbreviations } from '../../controller/speech/normalise/rules/lookup.ts'

/** Each class of text with what a newsreader says. */
const CLASSES: Readonly<Record<string, readonly (readonly [written: string, spoken: string])[]>> = {
  cardinals: [
    ['xã có 1.204 hộ', 'xã có một nghìn hai trăm linh bốn hộ'],
    ['15.021 cử tri', 'mười lăm nghìn hai mươi mốt cử tri'],
    ['1 000 000 cây', 'một triệu cây'],
    ['chi 03 lần, 08 suất', 'chi ba lần, tám suất'],
    ['nộp 02 (hai) bản', 'nộp hai bản'],
    ['2.000.000.000.000.000 đồng', 'hai triệu tỷ đồng'],
  ],
  'ordinals and numbered words': [
    ['thứ 4 tuần sau', 'thứ tư tuần sau'],
    ['lần thứ 1', 'lần thứ nhất'],
    ['từ thứ 2 - thứ 6', 'từ thứ hai đến thứ sáu'],
    ['ấp 1,2,3', 'ấp một, hai, ba'],
    ['lớp 9A', 'lớp chín A'],
  ],
  'decimals and signs': [
    ['giảm 0,75 điểm', 'giảm không phẩy bảy năm điểm'],
    ['dài 3.5 km', 'dài ba phẩy năm ki lô mét'],
    ['cách mạng công nghiệp 4.0', 'cách mạng công nghiệp bốn chấm không'],
    ['lạnh -3°C', 'lạnh âm ba độ C'],
    ['tăng +2,5%', 'tăng cộng hai phẩy năm phần trăm'],
    ['từ ≥ 18 tuổi', 'từ lớn hơn hoặc bằng mười tám tuổi'],
  ],
  'fractions and ratios': [
    ['quá 1/2 số thành viên', 'quá một phần hai số thành viên'],
    ['3/4 diện tích', 'ba phần tư diện tích'],
    ['18/20 thôn', 'mười tám trên hai mươi thôn'],
    ['bản đồ tỷ lệ 1/2000', 'bản đồ tỷ lệ một trên hai nghìn'],
    ['trực 24/24 giờ', 'trực hai mươi tư trên hai mươi tư giờ'],
    ['tỷ số 3-1', 'tỷ số ba một'],
  ],
  ranges: [
    ['mưa 50 - 80 mm', 'mưa năm mươi đến tám mươi mi li mét'],
    ['đạt 85-90%', 'đạt tám mươi lăm đến chín mươi phần trăm'],
    ['từ 2 triệu đồng - 3 triệu đồng', 'từ hai triệu đồng đến ba triệu đồng'],
    ['từ 6 tuổi - 10 tuổi', 'từ sáu tuổi đến mười tuổi'],
    ['giai đoạn 2021–2025', 'giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm'],
  ],
  dates: [
    ['ngày 05/4/2026', 'ngày năm tháng tư năm hai nghìn không trăm hai mươi sáu'],
    ['hạn cuối 30.9.2025', 'hạn cuối ngày ba mươi tháng chín năm hai nghìn không trăm hai mươi lăm'],
    ['từ 10/6 đến 20/6', 'từ ngày mười tháng sáu đến ngày hai mươi tháng sáu'],
    ['ngày 18-20/11/2025', 'ngày mười tám đến ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi lăm'],
    ['tháng 4/2026', 'tháng tư năm hai nghìn không trăm hai mươi sáu'],
    ['tháng 7-9/2025', 'tháng bảy đến tháng chín năm hai nghìn không trăm hai mươi lăm'],
    ['quý II/2026', 'quý hai năm hai nghìn không trăm hai mươi sáu'],
    ['Q4/2026', 'quý bốn năm hai nghìn không trăm hai mươi sáu'],
    ['trực T2-T6', 'trực thứ hai đến thứ sáu'],
    ['ngày … tháng … năm 2026', 'năm hai nghìn không trăm hai mươi sáu'],
    ['đường 30/4', 'đường ba mươi tháng tư'],
  ],
  times: [
    ['6h15', 'sáu giờ mười lăm phút'],
    ['14 giờ 00 phút', 'mười bốn giờ'],
    ['7h00-11h30', 'bảy giờ đến mười một giờ ba mươi phút'],
    ['05:05', 'năm giờ năm phút'],
    ['8h sáng - 4h chiều', 'tám giờ sáng đến bốn giờ chiều'],
    ["trong 45'", 'trong bốn mươi lăm phút'],
  ],
  money: [
    ['nộp 1.250.000 đồng', 'nộp một triệu hai trăm năm mươi nghìn đồng'],
    ['300.000đ/hộ', 'ba trăm nghìn đồng một hộ'],
    ['500.000 đồng/tháng', 'năm trăm nghìn đồng trên tháng'],
    ['1tr5', 'một triệu năm trăm nghìn'],
    ['3,2 tỷ đồng', 'ba phẩy hai tỷ đồng'],
    ['250 USD', 'hai trăm năm mươi đô la'],
  ],
  measures: [
    ['rộng 120 m2', 'rộng một trăm hai mươi mét vuông'],
    ['40 m³/ngày', 'bốn mươi mét khối trên ngày'],
    ['gió 60km/h', 'gió sáu mươi ki lô mét trên giờ'],
    ['0,3 mg/lít khí thở', 'không phẩy ba mi li gam trên lít khí thở'],
    ['60 mg/100 ml máu', 'sáu mươi mi li gam trên một trăm mi li lít máu'],
    ['điện 220V', 'điện hai trăm hai mươi vôn'],
    ['cao 1m65', 'cao một mét sáu mươi lăm'],
    ['6 tấn/ha', 'sáu tấn trên héc ta'],
    ['3m x 4m', 'ba mét nhân bốn mét'],
  ],
  'Roman numerals': [
    ['Chương VII và Chương IX', 'Chương bảy và Chương chín'],
    ['các khóa XI, XII và XIII', 'các khóa mười một, mười hai và mười ba'],
    ['quý I-III', 'quý một đến ba'],
    ['thế kỷ xx', 'thế kỷ hai mươi'],
    ['Đại hội XII', 'Đại hội mười hai'],
    ['phần vi phạm', 'phần vi phạm'],
    ['ông Lê Văn V', 'ông Lê Văn V'],
  ],
  'telephones and identity numbers': [
    [
      'ĐT: 0912.345.678/0283 123 456',
      'điện thoại, không chín một hai ba bốn năm sáu bảy tám, không hai tám ba một hai ba bốn năm sáu',
    ],
    [
      'gọi 0912.345.678 - 0283 123 456',
      'gọi không chín một hai ba bốn năm sáu bảy tám, không hai tám ba một hai ba bốn năm sáu',
    ],
    ['gọi 114', 'gọi một một bốn'],
    ['tổng đài 1900 5678', 'tổng đài một chín không không năm sáu bảy tám'],
    ['SĐT 0901.234.567', 'số điện thoại không chín không một hai ba bốn năm sáu bảy'],
    ['gọi 120 người', 'gọi một trăm hai mươi người'],
    ['CCCD số 096012345678', 'căn cước công dân số không chín sáu không một hai ba bốn năm sáu bảy tám'],
    ['biển số 69C-012.34', 'biển số sáu chín xê không một hai ba bốn'],
  ],
  'addresses of the web': [
    ['gửi tuphap@tinh.gov.vn', 'gửi tu phap a còng tinh chấm gốp chấm vê nờ'],
    ['xem www.xahoi.vn', 'xem vê kép vê kép vê kép chấm xa hoi chấm vê nờ'],
  ],
  'licences, roads and codes': [
    ['hạng A1, B và C1E', 'hạng a một, B và xê một e'],
    ['trên QL1A và ĐT.975', 'trên quốc lộ một A và đường tỉnh chín trăm bảy mươi lăm'],
    ['Km15+200', 'ki lô mét mười lăm cộng hai trăm'],
    ['số nhà 12/4B', 'số nhà mười hai trên bốn B'],
    ['sóng 4G', 'sóng bốn gờ'],
  ],
  'document numbers': [
    ['75/KH-UBND', 'Kế hoạch số bảy mươi lăm của Ủy ban nhân dân'],
    ['Kế hoạch 75/KH-UBND', 'Kế hoạch số bảy mươi lăm của Ủy ban nhân dân'],
    ['Số: 09/TB-UBND', 'Thông báo số không chín của Ủy ban nhân dân'],
    [
      'Quyết định số 81/QĐ-TTg ngày 02/3/2024 của Thủ tướng Chính phủ',
      'Quyết định số tám mươi mốt ngày hai tháng ba năm hai nghìn không trăm hai mươi tư của Thủ tướng Chính phủ',
    ],
    ['Luật số 11/2023/QH15', 'Luật số mười một năm hai nghìn không trăm hai mươi ba của Quốc hội khóa mười lăm'],
    ['Nghị quyết số 29-NQ/TW', 'Nghị quyết số hai mươi chín của Trung ương'],
    [
      'Thông tư liên tịch 07/2015/TTLT-BTP-BNV',
      'Thông tư liên tịch số không bảy năm hai nghìn không trăm mười lăm của Bộ Tư pháp và Bộ Nội vụ',
    ],
    ['Công văn số 812/BNNMT-PC', 'Công văn số tám trăm mười hai của Bộ Nông nghiệp và Môi trường'],
    [
      'theo Nghị định 12/2022/NĐ-CP và 45/2022/NĐ-CP',
      'theo Nghị định số mười hai năm hai nghìn không trăm hai mươi hai của Chính phủ và số bốn mươi lăm năm hai nghìn không trăm hai mươi hai của Chính phủ',
    ],
    ['Nghị định 91/2023', 'Nghị định số chín mươi mốt năm hai nghìn không trăm hai mươi ba'],
    [
      'QCVN 08:2023/BTNMT',
      'Quy chuẩn Việt Nam không tám năm hai nghìn không trăm hai mươi ba của Bộ Tài nguyên và Môi trường',
    ],
  ],
  articles: [
    ['điểm đ khoản 4 Điều 21', 'điểm đ khoản bốn Điều hai mươi mốt'],
    ['khoản 1,2 và 3 Điều 6', 'khoản một, hai và ba Điều sáu'],
    ['Điều 8-10', 'Điều tám đến mười'],
    ['Điều 12a', 'Điều mười hai a'],
    ['mục 2.3', 'mục hai chấm ba'],
    ['đạt điểm 7,5', 'đạt điểm bảy phẩy năm'],
  ],
  abbreviations: [
    ['P.5, Q.3, KP.2', 'phường năm, quận ba, khu phố hai'],
    ['TT. Đảng ủy và TT. Cái Nước', 'Thường trực Đảng ủy và thị trấn Cái Nước'],
    ['cúm A/H5N1', 'cúm A hát năm nờ một'],
    ['TT Đảng ủy', 'Thường trực Đảng ủy'],
    ['TT Sông Đốc', 'thị trấn Sông Đốc'],
    ['TT 05/2024/TT-BTP', 'Thông tư số không năm năm hai nghìn không trăm hai mươi tư của Bộ Tư pháp'],
    ['TT Văn hóa xã', 'trung tâm Văn hóa xã'],
    ['CT UBND xã', 'Chủ tịch Ủy ban nhân dân xã'],
    ['CT số 12', 'Chỉ thị số mười hai'],
    ['công ty CP Hải Sản', 'công ty cổ phần Hải Sản'],
    ['Sở NN&MT', 'Sở Nông nghiệp và Môi trường'],
    ['P. Tân Xuyên, Q.3, TP. Huế', 'phường Tân Xuyên, quận ba, Thành phố Huế'],
    ['HĐND-UBND xã', 'Hội đồng nhân dân, Ủy ban nhân dân xã'],
    ['phát triển KT-XH', 'phát triển kinh tế xã hội'],
    ['KT. CHỦ TỊCH', 'Ký thay CHỦ TỊCH'],
    ['CÔNG AN XÃ', 'CÔNG AN XÃ'],
    ['đ/c Ba, v/v họp, v.v...', 'đồng chí Ba, về việc họp, vân vân'],
    ['bảo hiểm xã hội (BHXH) tự nguyện', 'bảo hiểm xã hội tự nguyện'],
  ],
  'marks and lists': [
    ['a) Phạt cảnh cáo;', 'a, Phạt cảnh cáo'],
    ['2.1. Nội dung', 'hai chấm một, Nội dung'],
    ['III. TỔ CHỨC', 'ba. TỔ CHỨC'],
    ['- Trồng cây;', 'Trồng cây'],
    ['gồm: (i) đơn; (ii) giấy', 'gồm, một, đơn, hai, giấy'],
    ['theo luật[2] và quy định(1).', 'theo luật và quy định.'],
    ['Nơi ở/tạm trú và/hoặc quê quán', 'Nơi ở hoặc tạm trú và hoặc quê quán'],
    ['kinh tế - xã hội', 'kinh tế xã hội'],
    ['Độc lập - Tự do', 'Độc lập, Tự do'],
    ['xin cảm ơn./.', 'xin cảm ơn.'],
  ],
  'oddities of fonts and scans': [
    ['Ðiều 3\u00a0khoản\u200b 2', 'Điều ba khoản hai'],
    ['Điều 3'.normalize('NFD'), 'Điều ba'],
    ['“Sạch – xanh”', 'Sạch xanh'],
    ['ｍười ①② cây', 'mười mười hai cây'],
    ['đến\nngày 5/6/2025', 'đến ngày năm tháng sáu năm hai nghìn không trăm hai mươi lăm'],
  ],
}

describe.each(Object.entries(CLASSES))('%s', (_class, cases) => {
  test.each(cases)('%s', (written, spoken) => {
    expect(normalise(written).spoken).toBe(spoken)
  })
})

test('at least four hundred abbreviations are built in', () => {
  expect(countAbbreviations()).toBeGreaterThanOrEqual(400)
})

describe('the reader', () => {
  test('says southern number words when asked', () => {
    expect(normalise('1.205 hộ', { region: 'south' }).spoken).toBe('một ngàn hai trăm lẻ năm hộ')
  })

  test('says known foreign words as written, and respelled for a voice that knows none', () => {
    expect(normalise('nhóm Zalo của ấp').spoken).toBe('nhóm Zalo của ấp')
    expect(normalise('nhóm Zalo của ấp', { foreign: 'respelled' }).spoken).toBe('nhóm za lô của ấp')
  })
})

describe('the station dictionary', () => {
  test('wins over what is built in, longest entry first', () => {
    const dictionary = [
      { written: 'TT', spoken: 'tổ trưởng' },
      { written: 'TT Y tế', spoken: 'trạm y tế' },
    ]
    expect(normalise('TT ấp 3 và TT Y tế', { dictionary }).spoken).toBe('tổ trưởng ấp ba và trạm y tế')
  })

  test('reads whole words only, in any case when it is written in small letters', () => {
    const dictionary = [{ written: 'đăk pơ', spoken: 'đắc pơ' }]
    expect(normalise('Đăk Pơ và Đăk Pơng', { dictionary }).spoken).toBe('đắc pơ và Đăk Pơng')
  })

  test('cannot put signs or figures into the speech', () => {
    const dictionary = [{ written: 'K9', spoken: 'ca/9 <b>chín</b>' }]
    expect(normalise('đội K9', { dictionary }).spoken).toBe('đội ca b chín b')
  })
})

describe('the trace', () => {
  test('tells class, rule, reading and alternatives of each span', () => {
    const { spans } = normalise('Sở TP họp ngày 3/9.')
    expect(spans.map(({ source, kind }) => [source, kind])).toEqual([
      ['Sở ', 'text'],
      ['TP', 'abbreviation'],
      [' họp ngày ', 'text'],
      ['3/9', 'date'],
      ['.', 'text'],
    ])
    expect(spans[1]).toMatchObject({ reading: 'tư pháp', needsReview: false })
    expect(spans[1]?.alternatives).toContain('thành phố')
  })

  test.each([
    ['an abbreviation that nothing around it explains', 'theo VP', 'VP'],
    ['capitals that it does not know', 'máy XQZ', 'XQZ'],
    ['a day that no month has', 'ngày 31/6/2025', '31/6/2025'],
    ['a number still to be filled in', 'Kế hoạch số     /KH-UBND', 'số     /KH-UBND'],
    ['a thousand written the English way', '7,000 đồng', '7,000 đồng'],
    ['words in a script that the voice cannot read', 'chữ ខ្មែរ', 'ខ្មែរ'],
  ])('asks for a look at %s', (_what, written, source) => {
    expect(
      normalise(written)
        .spans.filter((span) => span.needsReview)
        .map((span) => span.source),
    ).toEqual([source])
  })

  test('asks for nothing where the text is clear', () => {
    const clear = 'UBND xã thông báo: từ 7h30 ngày 12/5/2026, bà con nộp 50.000 đồng/hộ theo khoản 2 Điều 9.'
    expect(normalise(clear).spans.filter((span) => span.needsReview)).toEqual([])
  })
})
