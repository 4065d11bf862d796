/** Words that say how the number, numeral or letter after them is meant. All in lower case, as `wordBefore` gives them. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Parts of a legal text. */
export const ARTICLE_WORDS = words('điều khoản điểm mục chương phần tiết đoạn lục')

/** What may be numbered one after the other with commas and no spaces: `thôn 1,2,3`. */
export const NUMBERED_PLACES = words('ấp thôn khóm tổ khu lớp khối xóm đội tháng câu bàn phòng cụm số trang')

/** What a Roman numeral may follow, read as a plain number. */
export const ROMAN_WORDS = words(
  `chương phần mục khoản điểm đoạn tiết lục điều khóa khoá kỷ kỉ thứ quý hạng loại cấp nhóm vùng bậc đợt kỳ kì tập quyển
   khu vực lần bảng biểu mẫu vòng bước khối mức`,
)
/** After these only a numeral of several letters is one: `Đại hội XIII`, but `Hội V`. */
export const WEAK_ROMAN_WORDS = words('hội đảng ương họp tiểu tuyến diện học giai đội cụm bài đoàn')

/** After these a Roman numeral may be written in small letters too: `thế kỷ xix`. */
export const SMALL_ROMAN_WORDS = words('chương phần mục khoản đoạn tiết lục khóa khoá kỷ kỉ thứ quý')

/** What stands before a day and month: `sáng 15/8`. */
export const DATE_WORDS = words('ngày sáng trưa chiều tối đêm hôm mùng mồng mồng rằm lễ dịp hạn nay qua mai vào')
/** Words before `d/m` that speak for a date, unless what follows speaks for a fraction. */
export const MAYBE_DATE_WORDS = words('từ đến trước sau hết tới và cuối đầu giữa kể hai ba tư năm sáu bảy nhật')
/** What follows a fraction: `2/3 tổng số đại biểu`. */
export const FRACTION_NOUNS = words(
  `tổng số thành đại diện dân thời chiều quãng sản giá mức vốn khối lượng doanh tài đất quân cổ phiếu cử hội đảng
   lương thu chi phần chặng đời tháng ngày năm giờ kg ha lít mét kích cái quả bát lon muỗng thìa chén diện`,
)
/** What is counted out of a whole: `15/20 xã` is *mười lăm trên hai mươi xã*. */
export const COUNTED_NOUNS = words(
  `xã phường thôn ấp khóm bản hộ đại tiêu chỉ người hồ đơn trường điểm huyện tỉnh tổ khu đồng công cán đảng chi cơ
   dự công học phiếu tập cá hội đoàn thành viên sản ngành nhiệm mục nội bộ vụ ca km`,
)

/** Words before `n/yyyy` that make it a number in a year and not a month: `Quý III/2025`, `đợt 1/2025`. */
export const YEAR_PART_WORDS = words('quý đợt lần kỳ tuần học vụ số phiên khóa')

/** What a licence class stands after. */
export const LICENCE_WORDS = words('hạng lái')

/** Units of time, for `50.000 đồng/ngày` and `2 lần/tuần`. */
export const TIME_WORDS = words('giờ ngày tháng năm tuần quý phút giây đêm buổi ca vụ kỳ lần')

/** What stands before a house number such as `12/5`. */
export const HOUSE_WORDS = words('nhà hẻm ngõ ngách kiệt')

/** Time zones, kept as they are after a time of day. */
export const TIME_ZONES = words('gmt utc pst est cst mst edt pdt cet ict jst bst cdt')

/** Speeds the reading of telephone numbers: what may stand before one, up to three words back. */
export const CALL_WORDS =
  /(?:gọi|gọi ngay|phone|tổng đài|đường dây nóng|hotline|điện thoại|đt|sđt|tel|di động|dđ|fax|zalo|số máy|đầu số|nhắn tin|tin nhắn|liên hệ|liên lạc|viber|số nóng|bấm|nhấn|phím)(?: (?:đến|tới|về|số|miễn phí|khẩn cấp|nóng|ngay|trực|qua|theo|cho|cảnh sát|cứu thương|cấp cứu|cứu hỏa|điện thoại|tổng đài|là|công an|báo|máy|zalo|bàn|cố định|di động|của)){0,4}[ :.(]{0,3}$/

/** Numbers that only identify: cards, accounts, registrations. */
export const IDENTITY_WORDS =
  /(?:cccd|cmnd|căn cước|căn cước công dân|chứng minh nhân dân|định danh|định danh cá nhân|mã số thuế|mst|tài khoản|stk|mã số|số hiệu|số seri|sê ri|mã hồ sơ|mã định danh|mã bưu chính|mã vùng|mã đơn vị|mã xác nhận|mã|bhxh|bhyt|hộ chiếu|mã qr|số thẻ|số tk)(?: (?:số|là|của|cá nhân|công dân|điện tử)){0,2}[ :.]{0,3}$/

/** Vehicle plates. */
export const PLATE_WORDS = /(?:biển số|biển kiểm soát|bks|biển số xe|biển đăng ký|bsx)(?: (?:số|xe|là)){0,2}[ :.]{0,3}$/

/** Short numbers that everybody calls: police, fire, ambulance, children, rescue and the citizens' line. */
export const SHORT_CODES = words('111 112 113 114 115 119 1022 1080 1900 156 5656 8088 1414 18001 19001')
