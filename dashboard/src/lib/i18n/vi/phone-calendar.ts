export const phoneCalendar = {
  phoneCalendar: {
    title: 'Lịch cho điện thoại',
    text: 'Thêm liên kết này vào ứng dụng lịch của điện thoại (mục “Thêm lịch từ URL” hoặc “Đăng ký lịch”) để xem các buổi phát mà không cần đăng nhập.',
    make: 'Tạo liên kết',
    made: 'Liên kết đã sẵn sàng',
    madeText:
      'Hãy sao chép ngay: liên kết chỉ hiện một lần. Ai có liên kết đều xem được lịch phát và tên bản tin đã duyệt, nhưng không làm được việc gì khác.',
    url: 'Liên kết lịch',
    inUse: 'Liên kết do {{name}} tạo lúc {{since}} đang dùng được.',
    replace: 'Tạo liên kết mới',
    replaceQuestion: 'Liên kết cũ sẽ hết dùng được trên mọi điện thoại. Tạo liên kết mới?',
    remove: 'Thu hồi liên kết',
    removeQuestion: 'Các điện thoại đang dùng liên kết này sẽ không xem được lịch nữa. Thu hồi?',
    removed: 'Đã thu hồi liên kết lịch.',
    file: 'Xuất tệp lịch phát (YAML)',
  },
}
