/** What is said of scripts and how they are read, of sound that is made, and of sound that people bring. */
export const SOUND_MESSAGES: Readonly<Record<string, string>> = {
  'asset.inUse': 'Đài đang dùng âm thanh này. Hãy chọn âm thanh khác trong cài đặt rồi xóa.',
  'asset.notFound': 'Không tìm thấy âm thanh này trong thư viện.',
  'fallback.budget': 'Giọng {engine} đã dùng hết số ký tự được phép trong tháng.',
  'fallback.by': 'Vì vậy bài này do giọng {engine} đọc.',
  'fallback.crashed': 'Giọng {engine} gặp lỗi.',
  'fallback.credentials': 'Giọng {engine} không nhận thông tin đăng nhập của hệ thống.',
  'fallback.missing': 'Giọng {engine} chưa được cài đặt.',
  'fallback.quota': 'Giọng {engine} đang từ chối vì vượt hạn mức của nhà cung cấp.',
  'fallback.refused': 'Giọng {engine} không chịu đọc nội dung này.',
  'fallback.silent': 'Giọng {engine} không phát ra tiếng.',
  'fallback.timeout': 'Giọng {engine} không trả lời kịp.',
  'fallback.unreachable': 'Không kết nối được tới giọng {engine} (mất mạng).',
  'fallback.voice': 'Giọng {engine} không có giọng đọc đã chọn trong cài đặt.',
  'media.notFound': 'Không có tệp âm thanh này.',
  'production.fault.bed':
    'Không mở được tệp nhạc nền của đài. Hãy chọn tệp khác hoặc bỏ nhạc nền trong cài đặt đài, rồi bấm “Tạo lại bản đọc”.',
  'production.fault.chime':
    'Không mở được tệp nhạc hiệu của đài. Hãy chọn tệp khác hoặc dùng nhạc hiệu có sẵn trong cài đặt đài, rồi bấm “Tạo lại bản đọc”.',
  'production.fault.full':
    'Ổ đĩa của máy chủ đã đầy nên không lưu được âm thanh. Hãy báo quản trị hệ thống giải phóng dung lượng, rồi bấm “Tạo lại bản đọc”.',
  'production.fault.hung':
    'Chương trình xử lý âm thanh (ffmpeg) bị treo và đã bị dừng. Hãy bấm “Tạo lại bản đọc”; nếu vẫn lỗi, báo quản trị hệ thống.',
  'production.fault.inaudible':
    'Bài đọc không có tiếng nào nghe được. Hãy kiểm tra nội dung và giọng đọc, rồi bấm “Tạo lại bản đọc”.',
  'production.fault.program':
    'Chương trình xử lý âm thanh (ffmpeg) trên máy chủ bị thiếu hoặc hỏng. Hãy báo quản trị hệ thống cài lại, rồi bấm “Tạo lại bản đọc”.',
  'production.fault.sentence':
    'Âm thanh của một câu đã lưu bị mất hoặc hỏng. Hãy bấm “Tạo lại bản đọc” để đọc lại câu đó; nếu vẫn lỗi, báo quản trị hệ thống.',
  'production.fault.unwritable':
    'Máy chủ không ghi được vào thư mục dữ liệu. Hãy báo quản trị hệ thống kiểm tra ổ đĩa và quyền ghi, rồi bấm “Tạo lại bản đọc”.',
  'production.mixFailed': 'Không trộn được âm thanh. Hãy bấm “Tạo lại bản đọc”; nếu vẫn lỗi, báo quản trị hệ thống.',
  'production.speakFailed':
    'Không đọc được bài thành tiếng. Hãy bấm “Tạo lại bản đọc”; nếu vẫn lỗi, báo quản trị hệ thống.',
  'production.speakFailed.budget':
    'Giọng đọc đã dùng hết số ký tự được phép trong tháng. Hãy báo quản trị hệ thống nâng giới hạn hoặc thêm giọng dự phòng, rồi bấm “Tạo lại bản đọc”.',
  'production.speakFailed.credentials':
    'Giọng đọc không nhận thông tin đăng nhập của hệ thống. Hãy báo quản trị hệ thống, sau đó bấm “Tạo lại bản đọc”.',
  'production.speakFailed.missing':
    'Máy chủ chưa cài giọng đọc. Hãy báo quản trị hệ thống, sau đó bấm “Tạo lại bản đọc”.',
  'production.speakFailed.quota':
    'Nhà cung cấp giọng đọc đang từ chối vì vượt hạn mức. Hãy đợi ít phút rồi bấm “Tạo lại bản đọc”.',
  'production.speakFailed.refused': 'Giọng đọc không chịu đọc nội dung này. Hãy sửa bài rồi lưu lại.',
  'production.speakFailed.silent':
    'Giọng đọc không phát ra tiếng ở một câu trong bài. Hãy sửa câu có ký hiệu hoặc chữ lạ, hoặc chọn giọng máy khác trong cài đặt đài, rồi bấm “Tạo lại bản đọc”.',
  'production.speakFailed.unreachable':
    'Không kết nối được tới giọng đọc (mất mạng). Hãy kiểm tra đường truyền rồi bấm “Tạo lại bản đọc”.',
  'production.speakFailed.voice':
    'Giọng đọc đã chọn không còn tồn tại. Hãy báo quản trị hệ thống chọn giọng khác, sau đó bấm “Tạo lại bản đọc”.',
  'pronunciation.notFound': 'Từ điển phát âm không có “{id}”.',
  'pronunciation.tooMany': 'Từ điển đã đủ {limit} mục. Hãy xóa bớt mục không dùng.',
  'recording.checking': 'Bản thu “{language}” còn đang được kiểm tra. Hãy đợi kiểm tra xong rồi duyệt.',
  'recording.locked':
    'Bản tin đã gửi duyệt hoặc đã duyệt nên không thêm, thay hay xóa bản thu được. Hãy trả lại hoặc sửa bản tin trước.',
  'recording.refused.approve':
    'Bản thu “{language}” không dùng được. Hãy trả lại bản tin để người soạn xóa hoặc thay bản thu.',
  'recording.refused.submit': 'Bản thu “{language}” không dùng được. Hãy xóa hoặc thay bản thu đó rồi gửi duyệt.',
  'recording.tooMany': 'Một bản tin có tối đa {limit} bản thu. Hãy xóa bớt trước khi thêm.',
  'recording.unchecked.approve':
    'Bản thu “{language}” chưa kiểm tra được vì máy chủ gặp lỗi. Hãy bấm “Kiểm tra lại” ở bản thu đó, hoặc trả lại bản tin.',
  'recording.unchecked.submit':
    'Bản thu “{language}” chưa kiểm tra được vì máy chủ gặp lỗi. Hãy bấm “Kiểm tra lại” ở bản thu đó, hoặc xóa bản thu rồi gửi duyệt.',
  'script.allOmitted': 'Bỏ các phần này thì bài không còn gì để đọc. Hãy giữ lại ít nhất một phần.',
  'script.controlCharacter':
    'Dòng {line} có ký tự điều khiển không đọc được. Hãy xóa ký tự đó hoặc dán lại dạng văn bản thuần.',
  'script.empty': 'Chưa có nội dung để đọc.',
  'script.notUtf8': 'Dòng {line} có ký tự bị hỏng vì văn bản không phải UTF-8. Hãy lưu lại tệp ở bảng mã UTF-8.',
  'script.tooLong': 'Bài dài {length} ký tự, quá giới hạn {limit} ký tự. Hãy tách thành nhiều bản tin.',
  'sound.clipped':
    'Tiếng bị vỡ quá nhiều: {percent} % thời gian có tiếng bị cắt đỉnh (tối đa {limit} %). Hãy giảm mức thu rồi thu lại.',
  'sound.cutShort':
    'Tệp ghi là dài {announced} nhưng chỉ có {heard}. Tệp bị thiếu phần cuối, hãy xuất lại rồi tải lên.',
  'sound.notAudio':
    'Đây không phải là tệp âm thanh mà hệ thống đọc được. Hãy dùng tệp MP3, WAV, M4A, OGG, FLAC hoặc WebM.',
  'sound.offset': 'Tín hiệu bị lệch về một phía; hệ thống đã chỉnh lại. Hãy kiểm tra dây hoặc bộ trộn khi thu.',
  'sound.oneChannel': 'Hai kênh triệt tiêu nhau khi trộn; hệ thống chỉ dùng kênh to hơn.',
  'sound.pauses': 'Có {count} khoảng im lặng dài hơn 5 giây, tại: {places}.',
  'sound.promisedMore': 'Đầu tệp ghi là dài {promised} nhưng chỉ có {heard}. Hãy nghe lại xem phần cuối có đủ không.',
  'sound.silent': 'Không nghe thấy gì trong tệp này. Hãy kiểm tra micro rồi thu lại.',
  'sound.skips':
    'Tệp có chỗ bị ngắt quãng: theo mốc thời gian thì dài {clock}, nhưng chỉ có {heard} âm thanh. Hãy nghe lại xem có thiếu đoạn nào không.',
  'sound.someClipping': 'Có chỗ tiếng bị vỡ nhẹ vì thu quá to. Hãy nghe lại trước khi dùng.',
  'sound.tooLong': 'Tệp dài quá {limit}. Hãy cắt ngắn hoặc chia thành nhiều tệp.',
  'sound.tooQuiet': 'Tiếng quá nhỏ, khuếch đại lên chỉ còn tiếng ồn. Hãy thu gần micro hơn rồi tải lại.',
  'sound.tooShort': 'Phần có tiếng ngắn hơn 1 giây. Hãy kiểm tra lại tệp.',
  'sound.trimmed': 'Đã cắt {start} giây im lặng ở đầu và {end} giây ở cuối.',
  'sound.trimmedEnd': 'Đã cắt {end} giây im lặng ở cuối.',
  'sound.trimmedStart': 'Đã cắt {start} giây im lặng ở đầu.',
  'sound.undecodable': 'Tệp bị hỏng hoặc bị cắt giữa chừng nên không giải mã được. Hãy xuất lại tệp rồi tải lên.',
  'sound.unsteady':
    'Mỗi lần giải mã tệp này cho một độ dài khác nhau, nên không chắc còn đủ nội dung. Hãy chuyển sang MP3 hoặc WAV rồi tải lại.',
  'sound.video': 'Đây là tệp phim. Hãy tách phần tiếng thành tệp MP3 rồi tải lên.',
  'upload.cannotRecheck': 'Tệp này không chờ kiểm tra lại. Hãy tải lại trang.',
  'upload.empty': 'Tệp này trống. Hãy chọn tệp khác.',
  'upload.fault.bed':
    'Không mở được tệp nhạc nền của đài. Hãy chọn tệp khác hoặc bỏ nhạc nền trong cài đặt đài, rồi bấm “Kiểm tra lại”.',
  'upload.fault.chime':
    'Không mở được tệp nhạc hiệu của đài. Hãy chọn tệp khác hoặc dùng nhạc hiệu có sẵn trong cài đặt đài, rồi bấm “Kiểm tra lại”.',
  'upload.fault.full':
    'Ổ đĩa của máy chủ đã đầy nên chưa kiểm tra được; tệp vẫn được giữ. Hãy báo quản trị hệ thống giải phóng dung lượng, rồi bấm “Kiểm tra lại”.',
  'upload.fault.hung':
    'Chương trình xử lý âm thanh (ffmpeg) bị treo và đã bị dừng; tệp vẫn được giữ. Hãy bấm “Kiểm tra lại”; nếu vẫn lỗi, chuyển tệp sang MP3 hoặc báo quản trị hệ thống.',
  'upload.fault.program':
    'Chương trình xử lý âm thanh (ffmpeg) trên máy chủ bị thiếu hoặc hỏng nên chưa kiểm tra được; tệp vẫn được giữ. Hãy báo quản trị hệ thống cài lại, rồi bấm “Kiểm tra lại”.',
  'upload.fault.unwritable':
    'Máy chủ không ghi được vào thư mục dữ liệu nên chưa kiểm tra được; tệp vẫn được giữ. Hãy báo quản trị hệ thống kiểm tra ổ đĩa và quyền ghi, rồi bấm “Kiểm tra lại”.',
  'upload.libraryFull': 'Thư viện âm thanh của đài đã đủ {limit} mục. Hãy xóa bớt mục không dùng.',
  'upload.lost': 'Tệp đã tải lên bị mất trên máy chủ. Hãy tải lên lại.',
  'upload.notKept': 'Máy chủ không kiểm tra được tệp này và đã bỏ tệp sau {days} ngày. Hãy tải lên lại.',
  'upload.notChecked':
    'Hệ thống chưa kiểm tra được tệp này; tệp vẫn được giữ. Hãy bấm “Kiểm tra lại”; nếu vẫn lỗi, chuyển tệp sang MP3 hoặc báo quản trị hệ thống.',
  'upload.noSpace': 'Máy chủ sắp hết chỗ chứa nên chưa nhận được tệp. Hãy báo quản trị hệ thống.',
  'upload.notFound': 'Lượt tải lên này không còn nữa. Hãy tải tệp lên lại từ đầu.',
  'upload.tooBig': 'Tệp quá lớn (tối đa {limit} MB). Hãy nén thành MP3 hoặc chia nhỏ rồi tải lại.',
  'upload.tooMany': 'Hệ thống đang nhận quá nhiều tệp. Hãy thử lại sau ít phút.',
  'upload.tooManyOwn':
    'Tài khoản này đang có quá nhiều tệp chưa xong (tối đa {files} tệp, {megabytes} MB). Hãy đợi các tệp trước xong rồi tải tiếp.',
}
