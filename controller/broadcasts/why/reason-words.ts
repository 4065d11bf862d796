import type { Delivery } from '#protocol/http/broadcasts.ts'
import type { ArmedState } from '#protocol/messages.ts'

/** What stands in a sentence after “vì”. */
const REASONS: Readonly<Record<NonNullable<Delivery['reason']>, string>> = {
  'bad-signature': 'chữ ký của kế hoạch không đúng, có thể là giả mạo',
  'wrong-cluster': 'kế hoạch được ký cho cụm loa khác',
  'stale-version': 'kế hoạch nhận được cũ hơn kế hoạch đang giữ',
  expired: 'kế hoạch mà cụm loa giữ đã hết hạn',
  malformed: 'kế hoạch nhận được không đọc được',
  'too-late': 'đã quá giờ bắt đầu cho phép',
  'quiet-hours': 'giờ đó chạm giờ yên tĩnh',
  'clock-bad': 'đồng hồ của cụm loa sai',
  'audio-missing': 'cụm loa chưa tải đủ âm thanh',
  'wrong-hash': 'tệp âm thanh không đúng với bản đã ký',
  'disk-full': 'bộ nhớ của cụm loa đã đầy',
  'decode-failed': 'cụm loa không giải mã được âm thanh',
  'higher-level': 'phải nhường nội dung có mức ưu tiên cao hơn',
  stopped: 'có lệnh dừng',
  cancelled: 'buổi phát đã bị rút khỏi kế hoạch khi đến giờ',
  'power-lost': 'cụm loa mất điện',
  'stream-lost': 'luồng tiếp sóng không có tiếng',
  'no-journal': 'cụm loa chưa gửi nhật ký',
  inaudible: 'đã chạy âm thanh nhưng bộ khuếch đại không ra tiếng',
  'cancelled-here': 'buổi phát đã được hủy ở cụm loa này',
  'nothing-to-play': 'đến giờ vẫn chưa có âm thanh nào sẵn sàng',
  'cannot-relay': 'cụm loa không phát được luồng tiếp sóng, mà buổi này không có nội dung nào khác',
  'no-codec': 'không có âm thanh ở định dạng mà cụm loa phát được',
  silence: 'đang trong thời gian tạm ngừng phát',
}

/** A cluster of newer firmware may know reasons that this side does not. */
export const reasonWords = (reason: Delivery['reason']): string =>
  reason === null ? 'cụm loa không nói rõ lý do' : REASONS[reason]

/** What is added to the promise that a session will play. */
const ARMED: Readonly<Record<ArmedState, string>> = {
  armed: '; âm thanh đã tải đủ',
  fetching: '; âm thanh đang được tải về',
  missing: ', nếu kịp tải phần âm thanh còn thiếu',
  'clock-bad': ', nếu đồng hồ đang sai của cụm loa được chỉnh kịp',
}

export const armedWords = (armed: ArmedState | null): string => (armed === null ? '' : ARMED[armed])
