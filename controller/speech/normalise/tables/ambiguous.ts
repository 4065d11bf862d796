/** One reading of an abbreviation that has several, and what must stand around it. */
export interface ContextReading {
  spoken: string
  /** Must match the text before, in lower case; the abbreviation follows directly. */
  before?: RegExp
  /** Must match the text after, as written, from its first letter or digit. */
  after?: RegExp
}

const PLACE = /^\p{Lu}\p{Ll}/u
const BODY =
  /^(?:Tỉnh|Huyện|Thành|Quận|Đảng|Thị) ủy|^(?:HĐND|UBND|UBMTTQ|MTTQ|Ủy ban|Hội đồng nhân dân|TU|HU|ĐU|BCH|Ban)(?!\p{L})/u
const NUMBERED = /^(?:số:? ?)?\d/

/**
 * Abbreviations with several readings, in the order in which they are tried; the first whose context fits is taken, and
 * the last one, which has no context, is the guess that a person must look at.
 * Source: common usage; each pair below was met in provincial or communal plans and notices.
 */
export const AMBIGUOUS: Readonly<Record<string, readonly ContextReading[]>> = {
  TT: [
    { spoken: 'Thông tư', after: NUMBERED },
    { spoken: 'Thường trực', after: BODY },
    { spoken: 'Thông tư', before: /(?:theo|các|của|nghị định|nđ|luật),? $/ },
    {
      spoken: 'trung tâm',
      after:
        /^(?:y tế|văn hóa|hành chính|dịch vụ|giáo dục|khuyến|học tập|trợ giúp|Y tế|Văn hóa|VH|Hành chính|HCC|HTCĐ|PVHCC|Dịch vụ|DVVL|DVTH|Giáo dục|GD|Khuyến|Học tập|Trợ giúp|TGPL|Phục vụ|Phát triển|Bảo trợ|Chính trị|Ngoại ngữ|Tin học|Kiểm soát)/,
    },
    { spoken: 'thị trấn', after: PLACE },
    { spoken: 'thứ tự', before: /(?:^|\n)\s*$/ },
    { spoken: 'Thông tư' },
  ],
  CT: [
    { spoken: 'Chỉ thị', after: NUMBERED },
    { spoken: 'công ty', after: /^(?:TNHH|CP|cổ phần|Cổ phần)(?!\p{L})/u },
    { spoken: 'Chương trình', after: /^(?:MTQG|mục tiêu|hành động|OCOP|công tác|phối hợp)/ },
    {
      spoken: 'Chủ tịch',
      after: /^(?:UBND|HĐND|Ủy ban|ủy ban|Hội|các PCT|PCT|xã|phường|tỉnh|MTTQ|UBMTTQ|nước)(?!\p{L})/u,
    },
    { spoken: 'Chủ tịch', before: /(?:đ\/c|đồng chí|ông|bà|kt\.|q\.|pct|các) $/ },
    { spoken: 'công trình', before: /(?:dự án|thi công|các) ?,? ?$/ },
    { spoken: 'Chỉ thị' },
  ],
  KH: [
    { spoken: 'Kế hoạch', after: NUMBERED },
    { spoken: 'khoa học', after: /^(?:và )?(?:kỹ thuật|KT|công nghệ|CN|xã hội|XH)/ },
    { spoken: 'khách hàng', before: /(?:phục vụ|chăm sóc|cskh|mã) $/ },
    { spoken: 'kế hoạch', before: /(?:xây dựng|ban hành|thực hiện|theo|triển khai|các|số|đạt|vượt|%|phê duyệt) $/ },
    { spoken: 'kế hoạch' },
  ],
  CP: [
    { spoken: 'cổ phần', before: /(?:công ty|cty|ct|ngân hàng|nh|tmcp|tập đoàn) $/ },
    { spoken: 'Chính phủ', before: /(?:của|nq|nghị quyết|nghị định|nđ|văn phòng|vp|thủ tướng|thành viên) $/ },
    { spoken: 'Chính phủ' },
  ],
  BTC: [
    { spoken: 'Ban Tổ chức', before: /(?:trưởng|phó|thành viên|đại diện) $/ },
    {
      spoken: 'Ban Tổ chức',
      after: /^(?:cuộc thi|hội thi|giải|lễ|hội nghị|Cuộc|Hội|Giải|Lễ|chương trình|Tỉnh ủy|Trung ương)/,
    },
    { spoken: 'Ban Tổ chức', before: /(?:hội thi|cuộc thi|giải|lễ hội)[^.]{0,30}$/ },
    { spoken: 'Bộ Tài chính' },
  ],
  BCT: [
    { spoken: 'Bộ Công Thương', before: /(?:thông tư|tt|công thương)[^.]{0,20}$/ },
    { spoken: 'Bộ Chính trị', before: /(?:nghị quyết|nq|kết luận|kl|quy định|chỉ thị|ủy viên|uv)[^.]{0,30}$/ },
    { spoken: 'Bộ Chính trị' },
  ],
  CA: [{ spoken: 'Công an' }],
  CQĐT: [
    { spoken: 'chính quyền điện tử', before: /(?:xây dựng|phát triển|kiến trúc) $/ },
    { spoken: 'cơ quan điều tra' },
  ],
  CPĐT: [
    { spoken: 'Chính phủ điện tử', before: /(?:xây dựng|phát triển|kiến trúc) $/ },
    { spoken: 'Chính phủ điện tử' },
  ],
  VP: [
    { spoken: 'vi phạm', after: /^(?:hành chính|pháp luật|hợp đồng|HC|PL)/ },
    { spoken: 'vi phạm', before: /(?:xử lý|hành vi|người|trường hợp) $/ },
    { spoken: 'Văn phòng' },
  ],
  ĐT: [
    { spoken: 'đường tỉnh', after: /^\d{3}[A-Z]?(?![\d.])/ },
    { spoken: 'điện thoại', after: /^[0(+]/ },
    { spoken: 'đô thị', before: /(?:ht|hạ tầng)(?: và|,| &|&|-)? ?$/ },
    { spoken: 'đào tạo', before: /(?:gd|giáo dục|bồi dưỡng)(?: và|,| &|-)? ?$/ },
    { spoken: 'điện thoại', before: /(?:số|sđt|qua|liên hệ) ?:? ?$/ },
    { spoken: 'điện thoại' },
  ],
  TL: [
    { spoken: 'tỉnh lộ', after: /^\d/ },
    { spoken: 'Thừa lệnh', after: /^(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG|HIỆU TRƯỞNG|THỦ TƯỚNG|Chủ tịch|Giám đốc)/ },
    { spoken: 'tài liệu' },
  ],
  HL: [{ spoken: 'hương lộ', after: /^\d/ }, { spoken: 'hiệu lực' }],
  QL: [{ spoken: 'quốc lộ', after: /^\d/ }, { spoken: 'quản lý' }],
  ĐH: [
    { spoken: 'đường huyện', after: /^\d/ },
    { spoken: 'Đại hội', after: /^(?:Đảng|đảng|đại biểu|Đại biểu|[IVX]+(?!\p{L})|lần)/u },
    { spoken: 'đại học' },
  ],
  ĐX: [{ spoken: 'đường xã', after: /^\d/ }, { spoken: 'đề xuất' }],
  NQ: [{ spoken: 'Nghị quyết', after: NUMBERED }, { spoken: 'Nghị quyết' }],
  QĐ: [
    { spoken: 'Quyết định', after: NUMBERED },
    { spoken: 'Quân đội', after: /^(?:nhân dân|ND)/ },
    { spoken: 'Quyết định', before: /(?:theo|các|ban hành|của|số) $/ },
    { spoken: 'Quyết định' },
  ],
  NĐ: [{ spoken: 'Nghị định', after: NUMBERED }, { spoken: 'Nghị định' }],
  HD: [{ spoken: 'Hướng dẫn', after: NUMBERED }, { spoken: 'hướng dẫn' }],
  TB: [
    { spoken: 'Thông báo', after: NUMBERED },
    { spoken: 'thương binh', before: /(?:lđ|lao động)[-, ]*$/ },
    { spoken: 'thông báo' },
  ],
  BC: [{ spoken: 'Báo cáo', after: NUMBERED }, { spoken: 'báo cáo' }],
  KL: [{ spoken: 'Kết luận', after: NUMBERED }, { spoken: 'kết luận' }],
  CV: [
    { spoken: 'Công văn', after: NUMBERED },
    { spoken: 'chuyên viên', before: /(?:các|là|chức danh|ngạch) $/ },
    { spoken: 'công văn' },
  ],
  TTr: [{ spoken: 'Tờ trình' }],
  CTr: [{ spoken: 'Chương trình' }],
  HĐ: [
    { spoken: 'hợp đồng', after: NUMBERED },
    {
      spoken: 'Hội đồng',
      after: /^(?:nghĩa vụ|tư vấn|thẩm định|phối hợp|thi đua|kỷ luật|nhân dân|Nghĩa vụ|Thi đua|Phối hợp|PHPBGDPL)/,
    },
    { spoken: 'hợp đồng', after: /^(?:lao động|mua|thuê|kinh tế|dịch vụ|LĐ)/ },
    { spoken: 'hoạt động', before: /(?:các|kế hoạch|tổ chức) $/ },
    { spoken: 'hợp đồng' },
  ],
  NV: [
    { spoken: 'nội vụ', before: /(?:sở|bộ|phòng|ngành) $/ },
    { spoken: 'nhân viên', before: /(?:gv|cb|giáo viên|cán bộ)[,\- ]*$/ },
    { spoken: 'nhiệm vụ' },
  ],
  TP: [
    { spoken: 'thành phố', after: PLACE },
    { spoken: 'tư pháp', before: /(?:sở|bộ|phòng|ngành|cán bộ|công chức) $/ },
    { spoken: 'thực phẩm', before: /(?:an toàn|vệ sinh|at) $/ },
    { spoken: 'Trưởng phòng', before: /(?:kt\.|đ\/c|đồng chí|ông|bà) $/ },
    { spoken: 'thành phố' },
  ],
  Tp: [{ spoken: 'thành phố' }],
  TX: [{ spoken: 'thị xã', after: PLACE }, { spoken: 'thị xã' }],
  Tx: [{ spoken: 'thị xã' }],
  TU: [{ spoken: 'Tỉnh ủy' }],
  TW: [{ spoken: 'Trung ương' }],
  TƯ: [{ spoken: 'Trung ương' }],
  BT: [
    { spoken: 'Bí thư', after: /^(?:Đảng|Tỉnh|Huyện|Thành|Chi|chi|Đoàn|ĐU|TU)/ },
    { spoken: 'bê tông', before: /(?:đường|nền|cầu|cống) $/ },
    { spoken: 'Bí thư' },
  ],
  GĐ: [
    { spoken: 'giám đốc', before: /(?:phó|tổng|ông|bà|đ\/c) $/ },
    { spoken: 'gia đình', before: /(?:hộ|hôn nhân và|bạo lực|hngđ|các) $/ },
    { spoken: 'giai đoạn', after: /^(?:I+|\d|20)/ },
    { spoken: 'Giám đốc', after: /^(?:Sở|Công an|Trung tâm|công ty)/ },
    { spoken: 'gia đình' },
  ],
  DA: [{ spoken: 'dự án', after: /^(?:\d|[IVX])/ }, { spoken: 'dự án' }],
  ĐA: [{ spoken: 'Đề án', after: NUMBERED }, { spoken: 'đề án' }],
  PA: [{ spoken: 'phương án', after: NUMBERED }, { spoken: 'phương án' }],
  SXNN: [{ spoken: 'sản xuất nông nghiệp' }],
  SX: [{ spoken: 'sản xuất' }],
  KT: [
    {
      spoken: 'Ký thay',
      after:
        /^(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG|CỤC TRƯỞNG|HIỆU TRƯỞNG|THỦ TƯỚNG|VIỆN TRƯỞNG|CHÁNH|Chủ tịch|Giám đốc|Bộ trưởng)/,
    },
    { spoken: 'kỹ thuật', before: /(?:kh|khoa học|hạ tầng)[-, ]*$/ },
    { spoken: 'khen thưởng', before: /(?:thi đua|tđ)[-, ]*$/ },
    { spoken: 'kinh tế' },
  ],
  XH: [{ spoken: 'xã hội' }],
  VH: [{ spoken: 'văn hóa' }],
  GD: [{ spoken: 'giáo dục' }],
  CN: [
    { spoken: 'Chủ nhật', before: /(?:thứ|t)[ -]?(?:\d|bảy)[^.]{0,6}$/ },
    { spoken: 'Chủ nhật', after: /^(?:ngày|\(?\d)/ },
    { spoken: 'công nghệ', before: /(?:kh|khoa học)(?: và|,| &|-)? ?$/ },
    { spoken: 'chi nhánh', after: /^(?:ngân hàng|công ty|số|NH|Văn phòng)/ },
    { spoken: 'công nghiệp' },
  ],
  NN: [{ spoken: 'nhà nước', before: /(?:ngân sách|quản lý|cơ quan|kho bạc|bí mật) $/ }, { spoken: 'nông nghiệp' }],
  MT: [
    { spoken: 'Mặt trận', after: /^(?:Tổ quốc|TQ)/ },
    { spoken: 'ma túy', before: /(?:phòng, chống|phòng chống|tội phạm|nghiện) $/ },
    { spoken: 'môi trường' },
  ],
  TN: [
    { spoken: 'thanh niên', before: /(?:đoàn|hội|lh|liên hiệp) $/ },
    { spoken: 'thất nghiệp', before: /(?:trợ cấp|bảo hiểm) $/ },
    { spoken: 'tài nguyên' },
  ],
  AN: [{ spoken: 'an ninh' }],
  LĐ: [{ spoken: 'lãnh đạo', after: /^(?:UBND|VP|Sở|phòng|Đảng)/ }, { spoken: 'lao động' }],
  DL: [{ spoken: 'du lịch' }],
  PL: [{ spoken: 'Phụ lục', after: /^(?:số ?)?(?:\d|[IVX])/ }, { spoken: 'pháp luật' }],
  PT: [{ spoken: 'phát triển' }],
  CC: [{ spoken: 'công chức', before: /(?:cb|cán bộ)[-, ]*$/ }, { spoken: 'chung cư' }],
  HC: [{ spoken: 'hành chính' }],
  NC: [{ spoken: 'nội chính' }],
  VT: [{ spoken: 'văn thư' }],
  TH: [
    { spoken: 'tiểu học', after: /^(?:THCS|và THCS)/ },
    { spoken: 'tiểu học', before: /(?:trường|cấp|bậc|gv) $/ },
    { spoken: 'tổng hợp' },
  ],
  XL: [{ spoken: 'xử lý' }],
  NS: [{ spoken: 'ngân sách' }],
  PN: [{ spoken: 'phụ nữ' }],
  ND: [{ spoken: 'nông dân', before: /(?:hội|bà con) $/ }, { spoken: 'nhân dân' }],
  BĐ: [{ spoken: 'bản đồ', before: /(?:tờ|số tờ) $/ }, { spoken: 'bưu điện' }],
  NH: [{ spoken: 'ngân hàng' }],
  TM: [
    {
      spoken: 'Thay mặt',
      after: /^(?:ỦY BAN|ỦY|UBND|BAN|BỘ|CHÍNH PHỦ|HỘI ĐỒNG|HĐND|ĐẢNG|Ủy ban|Ban|BTV|ĐOÀN|THƯỜNG TRỰC)/,
    },
    { spoken: 'thương mại' },
  ],
  TQ: [{ spoken: 'Tổ quốc', before: /(?:mặt trận|mt) $/ }, { spoken: 'Trung Quốc' }],
  GT: [{ spoken: 'giao thông' }],
  TS: [
    { spoken: 'tiến sĩ', after: PLACE },
    { spoken: 'thủy sản', before: /(?:nuôi trồng|nông|lâm)[, ]*$/ },
    { spoken: 'tiến sĩ' },
  ],
  DS: [{ spoken: 'dân số' }],
  GP: [{ spoken: 'giấy phép' }],
  SP: [{ spoken: 'sản phẩm' }],
  DT: [{ spoken: 'diện tích', after: /^[:\d]/ }, { spoken: 'dân tộc' }],
  PGS: [{ spoken: 'phó giáo sư' }],
  GS: [{ spoken: 'giáo sư', after: PLACE }, { spoken: 'giáo sư' }],
  BS: [{ spoken: 'bác sĩ', after: PLACE }, { spoken: 'bổ sung' }],
  KS: [{ spoken: 'kỹ sư', after: PLACE }, { spoken: 'kiểm sát' }],
  TK: [
    { spoken: 'tài khoản', after: /^(?:số|\d|ngân hàng)/ },
    { spoken: 'thế kỷ', after: /^[IVX]+(?!\p{L})/u },
    { spoken: 'tài khoản' },
  ],
  PCT: [{ spoken: 'Phó Chủ tịch' }],
  HN: [
    { spoken: 'hộ nghèo', before: /(?:các|số|tỷ lệ|diện) $/ },
    { spoken: 'hội nghị', before: /(?:tổ chức|tại) $/ },
    { spoken: 'Hà Nội' },
  ],
  HCN: [{ spoken: 'hộ cận nghèo' }],
  SL: [{ spoken: 'số lượng' }],
  ĐL: [{ spoken: 'đo lường' }],
  ĐC: [{ spoken: 'đồng chí', after: PLACE }, { spoken: 'địa chỉ' }],
  HH: [{ spoken: 'hàng hóa' }],
  KD: [{ spoken: 'kinh doanh' }],
  VN: [{ spoken: 'Việt Nam' }],
  BQ: [{ spoken: 'bình quân' }],
  CB: [{ spoken: 'chi bộ', after: /^(?:ấp|thôn|khóm|trường|\d)/ }, { spoken: 'cán bộ' }],
  CS: [{ spoken: 'Cộng sản', before: /(?:đảng|đoàn tn|tn) $/ }, { spoken: 'cơ sở' }],
  ĐU: [{ spoken: 'Đảng ủy' }],
  ĐB: [
    { spoken: 'đại biểu', after: /^(?:Quốc hội|HĐND|QH)/ },
    { spoken: 'đồng bào', after: /^(?:dân tộc|DTTS|các)/ },
    { spoken: 'đường bộ', before: /(?:giao thông|gt|luật) $/ },
    { spoken: 'đại biểu' },
  ],
  QH: [
    { spoken: 'Quốc hội', before: /(?:đại biểu|của|đb|đoàn đbqh) $/ },
    { spoken: 'quy hoạch', after: /^(?:sử dụng|chung|xây dựng|SDĐ)/ },
    { spoken: 'Quốc hội' },
  ],
  TĐ: [{ spoken: 'thi đua' }],
  ĐKKT: [{ spoken: 'đăng ký khai tử' }],
  UB: [{ spoken: 'Ủy ban' }],
  BKS: [{ spoken: 'biển kiểm soát', after: /^\d/ }, { spoken: 'Ban Kiểm soát' }],
  BVĐ: [{ spoken: 'Ban Vận động' }],
  AI: [{ spoken: 'ây ai' }],
}
