import type { DomainError, ErrorCode, Problem } from './errors.ts'
import { SOUND_MESSAGES } from './sound-messages.ts'

/** Every sentence that the controller itself says to a person. `{name}` is filled from the problem's values. */
const MESSAGES: Readonly<Record<string, string>> = {
  ...SOUND_MESSAGES,
  'account.noArea': 'Hãy chọn ít nhất một địa bàn cho tài khoản này.',
  'account.notFound': 'Không có tài khoản “{id}”. Lệnh “users list” liệt kê các tài khoản.',
  'account.taken': 'Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.',
  'area.notCommune': 'Mã {code} không phải là mã xã, phường hoặc đặc khu.',
  'area.notFound': 'Không có đơn vị hành chính mang mã {id}.',
  'area.unknown': 'Không có đơn vị hành chính mang mã {code}. Hãy chọn địa bàn trong danh mục.',
  'body.invalid': 'Nội dung gửi lên không phải là JSON hợp lệ.',
  'body.tooLarge': 'Nội dung gửi lên quá lớn (tối đa {limit} MB).',
  'broadcast.cannotCancel': 'Buổi phát đã bắt đầu, đã kết thúc hoặc đã hủy nên không thể hủy nữa.',
  'broadcast.notFound': 'Không tìm thấy buổi phát này.',
  'bulletin.cannot.approve': 'Chỉ duyệt được bản tin đang chờ duyệt. Hãy tải lại trang để xem trạng thái mới nhất.',
  'bulletin.cannot.return': 'Chỉ trả lại được bản tin đang chờ duyệt. Hãy tải lại trang để xem trạng thái mới nhất.',
  'bulletin.cannot.submit': 'Chỉ gửi duyệt được bản tin đang biên tập hoặc bị trả lại.',
  'bulletin.cannot.withdraw': 'Bản tin này không có phiên bản nào đang được phép phát nên không có gì để thu hồi.',
  'bulletin.datesReversed': 'Ngày hết hiệu lực trước ngày có hiệu lực. Hãy xem lại hai ngày này.',
  'bulletin.deleteApproved': 'Bản tin đã từng được duyệt nên phải được lưu lại. Nếu không muốn phát nữa, hãy thu hồi.',
  'bulletin.deletePending': 'Bản tin đang chờ duyệt. Hãy đợi kết quả duyệt, hoặc nhờ người duyệt trả lại rồi xóa.',
  'bulletin.editedMeanwhile': 'Có người vừa thay đổi bản tin này. Hãy tải lại trang rồi làm lại.',
  'bulletin.emergencyNotScheduled': 'Bản tin khẩn cấp được phát ngay, không xếp vào lịch phát.',
  'bulletin.expired':
    'Bản tin đã hết hiệu lực sau ngày {date} nên không xếp lịch được. Hãy sửa ngày và duyệt lại nếu nội dung vẫn đúng.',
  'bulletin.expiredUnapproved':
    'Bản tin đã hết hiệu lực sau ngày {date} nên không duyệt được. Hãy trả lại để người soạn sửa ngày.',
  'bulletin.expiresBefore':
    'Bản tin hết hiệu lực sau ngày {date}, trước buổi đầu tiên của chương trình này. Hãy chọn ngày sớm hơn.',
  'bulletin.notApproved': 'Bản tin chưa được duyệt nên chưa xếp lịch được.',
  'bulletin.cannotProduce':
    'Âm thanh đang được sản xuất, hoặc bản tin đã duyệt nên âm thanh được giữ nguyên. Muốn đọc lại, hãy sửa để tạo phiên bản mới.',
  'bulletin.nothingToHear':
    'Chưa có bản đọc để nghe nên chưa duyệt được. Hãy đợi tạo xong rồi nghe; nếu tạo bị lỗi, hãy nhờ người soạn tạo lại.',
  'bulletin.producePending':
    'Bản tin đang chờ duyệt nên bản đọc được giữ nguyên. Muốn tạo lại, hãy nhờ người duyệt trả lại, hoặc sửa bản tin rồi gửi duyệt lại.',
  'bulletin.producedAnew':
    'Bản đọc vừa được tạo mới nên không còn là bản đã nghe. Hãy tải lại trang, nghe lại bản mới rồi duyệt.',
  'bulletin.notProduced': 'Bản tin này chưa có bản đọc. Hãy đợi tạo xong bản đọc rồi mở lại.',
  'bulletin.notFound': 'Không tìm thấy bản tin này.',
  'bulletin.notYoursToDelete': 'Chỉ người soạn bản tin mới xóa được bản nháp.',
  'bulletin.notYoursToWithdraw':
    'Sở Tư pháp chỉ thu hồi được bản tin do Sở Tư pháp soạn. Hãy báo nơi đã duyệt bản tin này.',
  'bulletin.withdrawn': 'Bản tin đã bị thu hồi nên không xếp lịch được.',
  'calendar.date': 'Ngày phải nằm trong khoảng từ năm 2000 đến hết năm 2100.',
  'calendar.endsBeforeStart': 'Kết thúc phải sau bắt đầu. Hãy sửa ngày giờ kết thúc.',
  'calendar.exceptionTwice': 'Ngày này đã có một thay đổi. Hãy bỏ thay đổi cũ trước khi thêm thay đổi mới.',
  'calendar.moveNowhere': 'Hãy chọn ngày hoặc giờ mới cho buổi được dời.',
  'calendar.otherYear': 'Ngày nghỉ thêm phải nằm trong năm đã chọn.',
  'calendar.tooManyDays': 'Mỗi lần xem được tối đa {limit} ngày. Hãy chọn khoảng ngắn hơn.',
  'calendar.yearlyDate': 'Ngày trong năm viết theo dạng tháng-ngày, ví dụ 04-16.',
  'calendarLink.notFound': 'Liên kết lịch này không còn dùng được. Hãy xin liên kết mới trên trang của đài.',
  'calendarLink.tooOften': 'Lịch được hỏi quá nhiều lần. Hãy thử lại sau một phút.',
  'cli.directory': 'Đường dẫn này là một thư mục. Hãy ghi đường dẫn của một tệp.',
  'cli.noAccess': 'Không có quyền đọc hoặc ghi ở đường dẫn này. Hãy xem lại quyền của tệp và thư mục.',
  'cli.noFile': 'Không tìm thấy tệp hoặc thư mục này. Hãy kiểm tra lại đường dẫn.',
  'cluster.ambiguous': 'Có {count} cụm loa mang tên này. Hãy dùng mã: {ids}.',
  'cluster.notFound': 'Không tìm thấy cụm loa này.',
  'cursor.invalid': 'Vị trí trang không hợp lệ. Hãy tải lại danh sách từ đầu.',
  'exemption.cannotDecide':
    'Đề nghị này đã được xử lý, hoặc do chính bạn gửi. Miễn trừ phải do một người khác quyết định.',
  'exemption.cannotRevoke': 'Miễn trừ này đã bị từ chối hoặc đã được thu hồi rồi.',
  'exemption.notFound': 'Không tìm thấy đề nghị miễn trừ này.',
  'exemption.notLimited': 'Nơi này không có giới hạn đó nên không cần miễn trừ. Hãy bỏ giới hạn này khỏi đề nghị.',
  'exemption.notLooser':
    'Mức xin phải rộng hơn giới hạn đang áp dụng của {by} ({limit}). Hãy nhập mức khác hoặc bỏ giới hạn này khỏi đề nghị.',
  'exemption.past': 'Ngày cuối của miễn trừ đã qua. Hãy chọn ngày trong tương lai.',
  'exemption.programme': 'Chương trình này không thuộc đài truyền thanh đã chọn.',
  'exemption.tooLong': 'Một miễn trừ kéo dài tối đa 92 ngày. Nếu cần lâu hơn, hãy sửa quy định.',
  'exemption.tooMany': 'Đài này đang có {limit} đề nghị chờ quyết định. Hãy đợi xử lý bớt rồi gửi tiếp.',
  'exemption.upTo': 'Hãy nhập mức cần phát cho mỗi giới hạn xin miễn trừ, và chỉ cho những giới hạn đó.',
  'field.invalid': 'Giá trị không hợp lệ.',
  'field.pattern': 'Giá trị không đúng định dạng.',
  'field.unreadable': 'Có ký tự điều khiển hoặc ký tự bị hỏng. Hãy xóa ký tự đó rồi lưu lại.',
  'field.required': 'Hãy điền mục này.',
  'field.tooLong': 'Dài quá giới hạn ({limit}).',
  'field.tooShort': 'Hãy điền mục này (tối thiểu {limit}).',
  'field.outOfRange': 'Giá trị nằm ngoài giới hạn cho phép.',
  'file.anchor': 'Tệp lịch phát không dùng ký hiệu & và * (anchor, alias). Hãy viết lại nội dung đó ở mỗi chỗ.',
  'file.atLeast': 'Số này nhỏ quá, phải từ {limit} trở lên.',
  'file.atMost': 'Số này lớn quá, phải từ {limit} trở xuống.',
  'file.colon':
    'Có dấu hai chấm (:) thừa trên dòng này. Nếu dấu đó thuộc nội dung, hãy đặt cả nội dung trong dấu nháy.',
  'file.contradiction':
    'Ngày {date}: tệp ghi “{file}” còn trên hệ thống đã có “{station}”. Hãy sửa tệp cho giống, hoặc bỏ thay đổi trên màn hình rồi áp dụng lại.',
  'file.directive': 'Tệp lịch phát không dùng dòng %YAML hay %TAG. Hãy xóa dòng đó.',
  'file.documents': 'Mỗi tệp chỉ có một phần. Hãy xóa dòng --- ở giữa, hoặc tách thành hai tệp.',
  'file.empty': 'Tệp không có nội dung nào. Hãy bắt đầu từ một tệp mẫu trong thư mục schedules.',
  'file.endedMeanwhile':
    'Chương trình {key} đã bị kết thúc trên hệ thống ngày {date}. Hãy bỏ khỏi tệp, hoặc thêm --reopen để lập lại.',
  'file.id': 'Mã không hợp lệ. Mã này bắt đầu bằng {prefix} rồi đến chữ thường và số; hãy chép từ bảng điều khiển.',
  'file.indent': 'Thụt đầu dòng không đúng, hoặc thiếu dấu ngoặc ở trên. Hãy để các mục cùng cấp thẳng hàng nhau.',
  'file.key': 'Tên mục phải là chữ. Hãy viết theo dạng tên: giá trị.',
  'file.keyTaken': 'Không dùng được tên “{name}”. Hãy đặt tên khác.',
  'file.keyTwice': 'Mục “{name}” có hai lần. Hãy bỏ bớt một, hoặc đặt tên khác.',
  'file.limit.days': 'Ngày {date} không nằm trong các thứ được phát của tệp ({limit}). Hãy đổi ngày lặp lại.',
  'file.limit.earliest':
    'Ngày {date}, buổi này bắt đầu trước {limit}, sớm hơn giới hạn của tệp. Hãy chọn giờ muộn hơn.',
  'file.limit.latest':
    'Ngày {date}, buổi này có thể kéo dài quá {limit}, giờ muộn nhất của tệp. Hãy chọn giờ sớm hơn hoặc giảm maxMinutes.',
  'file.limit.minutesPerDay':
    'Ngày {date} có quá {limit} phút phát theo giới hạn của tệp. Hãy giảm maxMinutes hoặc bớt một chương trình.',
  'file.limit.minutesPerSession':
    'Buổi này có thể dài {minutes} phút, quá giới hạn {limit} phút mỗi buổi của tệp. Hãy giảm maxMinutes.',
  'file.limit.sessionsPerDay':
    'Ngày {date} có quá {limit} buổi theo giới hạn của tệp. Hãy bớt một chương trình trong ngày này.',
  'file.mayReachQuiet':
    'Nếu đủ số phút tối đa, buổi này kéo dài vào giờ yên tĩnh ({from}–{to}). Hãy giảm maxMinutes hoặc chọn giờ sớm hơn.',
  'file.missing': 'Thiếu mục “{name}”. Hãy thêm mục này.',
  'file.noSession': 'Chương trình này không có buổi nào. Hãy xem lại ngày bắt đầu, ngày kết thúc và cách lặp lại.',
  'file.noSessionAhead': 'Chương trình này không còn buổi nào trong một năm tới. Nếu không cần nữa, hãy bỏ khỏi tệp.',
  'file.notOneOf': 'Giá trị này không dùng được ở đây. Hãy viết một trong: {forms}.',
  'file.otherTimeZone': 'Tệp ghi múi giờ {file} nhưng đài dùng {station}. Hãy sửa tệp cho giống đài.',
  'file.overlaps':
    'Ngày {date}, chương trình này trùng giờ với {others}. Hãy đổi giờ, giảm maxMinutes, hoặc chọn cụm loa khác nhau.',
  'file.previewTooLong': 'Chỉ xem trước được tối đa {days} ngày mỗi lần. Hãy chọn khoảng ngắn hơn.',
  'file.syntax': 'Không đọc được YAML từ dòng {line}, cột {column}. Hãy kiểm tra dấu nháy, dấu ngoặc và thụt đầu dòng.',
  'file.tab': 'Thụt đầu dòng bằng phím Tab. Hãy dùng dấu cách.',
  'file.tag': 'Tệp lịch phát không dùng ký hiệu ! (tag). Hãy bỏ {tag}.',
  'file.tooDeep': 'Các mục lồng nhau quá sâu. Tệp lịch phát chỉ cần vài cấp; hãy xem lại mẫu.',
  'file.tooLarge': 'Tệp quá lớn (tối đa {limit} MB).',
  'file.tooManyExceptions': 'Mỗi chương trình có tối đa 400 ngày khác thường. Hãy bỏ những ngày đã qua.',
  'file.tooManyProgrammes': 'Mỗi tệp có tối đa 500 chương trình.',
  'file.type': 'Ở đây phải là {type}.',
  'file.unknownKey': 'Không có mục “{name}” ở đây. Các mục có thể dùng: {names}.',
  'file.unknownKeyNear': 'Không có mục “{name}” ở đây. Có phải “{near}” không?',
  'file.waits':
    'Ngày {date}, chương trình này phải chờ {others} phát xong. Hãy đổi giờ hoặc giảm maxMinutes nếu muốn phát đúng giờ.',
  'format.areaCode': 'Mã địa bàn gồm 2 chữ số (tỉnh) hoặc 5 chữ số (xã).',
  'format.date': 'Ngày viết theo dạng năm-tháng-ngày, ví dụ 2026-11-23.',
  'format.programmeKey': 'Tên trong tệp chỉ gồm chữ thường không dấu, số và dấu gạch nối, ví dụ ban-tin-sang.',
  'format.relayName': 'Tên nguồn tiếp sóng chỉ gồm chữ thường không dấu, số và dấu gạch nối.',
  'format.spoken': 'Cách đọc chỉ gồm chữ và dấu câu, không có chữ số hay ký hiệu. Hãy viết ra đúng như khi đọc.',
  'format.time': 'Giờ viết theo dạng 05:30 hoặc 05:30:00.',
  'format.username': 'Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm hoặc gạch, từ 3 đến 40 ký tự.',
  'inbox.begun': 'Buổi phát này đã bắt đầu hoặc đã phát xong nên không thay đổi được nữa. Hãy chọn buổi khác.',
  'inbox.bySystem': 'Hệ thống',
  'inbox.busy': 'Lịch phát của đài đang được thay đổi. Hãy thử lại sau ít giây.',
  'inbox.calledOff': 'Buổi phát này đã bị hủy. Hãy chọn buổi khác.',
  'inbox.comesBack': 'Buổi phát đã xếp không còn hoặc đã phát mà thiếu bản tin này. Hãy xếp lại.',
  'inbox.expiresBefore': 'Bản tin hết hiệu lực sau ngày {date}, trước buổi phát này. Hãy chọn buổi sớm hơn.',
  'inbox.inRundown':
    'Bản tin nằm trong chương trình “{name}” nên vẫn phát theo chương trình đó. Hãy bỏ bản tin khỏi chương trình trước.',
  'inbox.intoSilence':
    'Buổi phát này trùng, hoặc nếu thêm bản tin sẽ kéo dài vào, giờ yên tĩnh hay thời gian tạm dừng phát. Hãy chọn buổi khác.',
  'inbox.noProgramme': 'Đài này không có chương trình đó, hoặc chương trình đã kết thúc. Hãy tải lại trang.',
  'inbox.noRoom': 'Buổi phát dài tối đa {limit} phút và không còn chỗ cho bản tin này. Hãy chọn buổi khác.',
  'inbox.noSession':
    'Trong tuần tới, chương trình “{name}” không có buổi phát nào thuộc ngày {date}. Hãy tải lại trang và chọn buổi khác.',
  'inbox.noSound': 'Bản tin này chưa có âm thanh để phát. Hãy đợi tạo xong bản đọc rồi xếp lịch.',
  'inbox.notFound': 'Bản tin này không có trong danh sách bản tin đến của xã.',
  'inbox.notForArea': 'Bản tin này không dành cho địa bàn của đài.',
  'inbox.notThere': 'Buổi phát này không có bản tin đó. Hãy tải lại trang.',
  'inbox.priorityMustAir':
    'Bản tin ưu tiên bắt buộc phải phát: không thể để sau, từ chối hoặc bỏ khỏi buổi do hệ thống xếp. Có thể đổi thứ tự trong buổi.',
  'inbox.settled': 'Bản tin này đã được xử lý xong hoặc không còn phát nữa. Hãy tải lại trang.',
  'inbox.tooSoon':
    'Buổi phát bắt đầu trong vòng {seconds} giây nữa, các cụm loa không kịp tải âm thanh. Hãy chọn buổi sau.',
  'inbox.until': 'Hãy chọn một ngày từ ngày mai đến {days} ngày tới.',
  'inbox.untilExpired': 'Bản tin hết hiệu lực sau ngày {date}. Hãy chọn ngày sớm hơn, hoặc chọn “Không phát”.',
  'inbox.wouldDrop': 'Buổi phát đã đầy. Nếu vẫn xếp vào, buổi này sẽ bỏ: {titles}.',
  'invitation.spent': 'Liên kết này đã được dùng hoặc đã hết hạn. Hãy xin quản trị hệ thống một liên kết mới.',
  'limit.days':
    'Ngày {date} không phải ngày được phát: {by} chỉ cho phát {limit}. Hãy chọn ngày khác hoặc xin miễn trừ.',
  'limit.earliest': '{by} chỉ cho phát từ {limit}; buổi ngày {date} bắt đầu sớm hơn.',
  'limit.granted.earliest':
    'Miễn trừ đã cấp chỉ cho phát từ {limit}; buổi ngày {date} bắt đầu sớm hơn. Hãy chọn giờ khác hoặc xin miễn trừ mới.',
  'limit.granted.latest':
    'Miễn trừ đã cấp chỉ cho phát đến {limit}; tính cả thời lượng tối đa, buổi ngày {date} kết thúc muộn hơn. Hãy chọn giờ khác hoặc xin miễn trừ mới.',
  'limit.granted.minutesPerDay':
    'Ngày {date} sẽ phát quá {limit} phút, mức mà miễn trừ đã cấp cho phép. Hãy giảm thời lượng hoặc xin miễn trừ mới.',
  'limit.granted.minutesPerSession':
    'Miễn trừ đã cấp chỉ cho mỗi buổi tối đa {limit} phút (từ buổi ngày {date}). Hãy giảm thời lượng hoặc xin miễn trừ mới.',
  'limit.granted.sessionsPerDay':
    'Ngày {date} sẽ có nhiều hơn {limit} buổi, mức mà miễn trừ đã cấp cho phép. Hãy bỏ bớt buổi, chọn ngày khác hoặc xin miễn trừ mới.',
  'limit.latest': '{by} chỉ cho phát đến {limit}; tính cả thời lượng tối đa, buổi ngày {date} kết thúc muộn hơn.',
  'limit.minutesPerDay':
    'Ngày {date} sẽ phát quá {limit} phút, mức tối đa mỗi ngày do {by} quy định. Hãy giảm thời lượng hoặc xin miễn trừ.',
  'limit.minutesPerSession':
    '{by} chỉ cho mỗi buổi tối đa {limit} phút (từ buổi ngày {date}). Hãy giảm thời lượng hoặc xin miễn trừ.',
  'limit.sessionsPerDay':
    'Ngày {date} sẽ có nhiều hơn {limit} buổi, mức tối đa mỗi ngày do {by} quy định. Hãy bỏ bớt buổi, chọn ngày khác hoặc xin miễn trừ.',
  'permission.area': 'Địa bàn này không thuộc phạm vi của tài khoản.',
  'permission.missing': 'Tài khoản này không được phép làm việc đó.',
  'problem.alternatives': 'Các giờ còn trống gần nhất: {alternatives}.',
  'programme.changedMeanwhile': 'Có người vừa sửa chương trình này. Hãy tải lại trang, xem thay đổi rồi sửa tiếp.',
  'programme.chimeNotFirst': 'Nhạc hiệu mở đầu phải là mục đầu tiên, và chỉ có một. Hãy chuyển lên đầu hoặc bỏ bớt.',
  'programme.closingNotLast':
    'Nhạc hiệu kết thúc phải là mục cuối cùng, và chỉ có một. Hãy chuyển xuống cuối hoặc bỏ bớt.',
  'programme.collides': 'Trùng với “{name}” ({from}–{to}) ngày {date} trên cùng cụm loa.',
  'programme.ended': 'Chương trình này đã kết thúc.',
  'programme.exceptionDate': 'Ngày thay đổi phải trùng với ngày của buổi phát.',
  'programme.foreignArea': 'Đài truyền thanh xã chỉ phát trong địa bàn của mình; mã {code} nằm ngoài.',
  'programme.foreignCluster': 'Cụm loa {id} không thuộc đài truyền thanh này.',
  'programme.hasWithdrawn': 'Bản tin “{title}” đã bị thu hồi nên không được phát nữa.',
  'programme.inboxTwice': 'Mỗi chương trình chỉ có một chỗ cho bản tin được tiếp nhận. Hãy bỏ bớt mục thừa.',
  'programme.inPast': 'Giờ phát đã qua. Hãy chọn ngày giờ trong tương lai.',
  'programme.keyTaken': 'Đài này đã có chương trình mang tên {key} trong tệp. Hãy đặt tên khác.',
  'programme.losesTo': 'Từ ngày {date}, một phần buổi phát bị “{name}” ({from}–{to}) chiếm chỗ trên cùng cụm loa.',
  'programme.noCluster': 'Địa bàn này chưa có cụm loa nào để phát.',
  'programme.noStation': 'Địa bàn này chưa có đài truyền thanh. Hãy lắp cụm loa đầu tiên hoặc lập đài trước.',
  'programme.notFound': 'Không tìm thấy chương trình này.',
  'programme.overLimit': '{problem} Các buổi vượt giới hạn sẽ không được phát.',
  'programme.quietHours': 'Buổi phát rơi vào giờ yên tĩnh ({from}–{to}). Hãy chọn giờ khác.',
  'programme.relayUnknown':
    'Không có nguồn tiếp sóng “{name}” trong danh mục được phép. Hãy chọn nguồn khác, hoặc nhờ quản trị hệ thống thêm nguồn này.',
  'programme.rrule': 'Quy tắc lặp không hợp lệ (RFC 5545).',
  'programme.stationBusy': 'Nhiều người đang sửa lịch của đài này cùng lúc. Hãy bấm lưu lại.',
  'programme.strayDay':
    'Ngày {date} không có buổi phát nào của chương trình này, nên thay đổi của ngày đó không có tác dụng. Các ngày gần nhất có buổi phát: {near}.',
  'programme.strayDayAlone':
    'Ngày {date} không có buổi phát nào của chương trình này, nên thay đổi của ngày đó không có tác dụng. Hãy xem lại ngày.',
  'programme.tooFar': 'Ngày bắt đầu quá xa. Hãy chọn ngày trong vòng một năm tới.',
  'programme.tooLong': 'Các bản tin dài {minutes} phút, quá thời lượng cho phép {limit} phút.',
  'programme.tooSoon':
    'Buổi phát bắt đầu trong vòng {seconds} giây nữa, các cụm loa không kịp tải âm thanh. Hãy chọn giờ muộn hơn.',
  'programme.tooManyExceptions':
    'Chương trình này đã có {limit} ngày khác thường. Hãy sửa cách lặp, hoặc dừng và lập chương trình mới.',
  'programme.tooManyItems':
    'Một buổi phát có tối đa {limit} mục, tính cả bản thu bằng tiếng khác. Hãy chia thành nhiều buổi.',
  'programme.untilExpiry':
    'Bản tin “{title}” chỉ phát đến hết ngày {date} vì hết hiệu lực; các buổi sau đó không có bản tin này.',
  'moment.unreadable': 'Không hiểu “{text}”. Hãy viết thời điểm theo dạng 2026-11-24T05:30, 05:30 hoặc hôm qua 17:00.',
  'programme.waitsFor': 'Từ ngày {date}, buổi phát có thể phải chờ “{name}” phát xong (khoảng {seconds} giây).',
  'rules.changedMeanwhile': 'Có người vừa sửa quy định này. Hãy tải lại trang, xem thay đổi rồi sửa tiếp.',
  'rules.foreignCluster': 'Có cụm loa không thuộc xã này. Hãy chọn lại cụm loa.',
  'rules.limitLooser':
    'Giới hạn này rộng hơn quy định của {by} ({limit}) nên không có hiệu lực. Hãy chọn mức chặt hơn hoặc bỏ trống.',
  'rules.nightFloor':
    'Giờ yên tĩnh phải bao gồm {from}–{to}. Đây là giờ đêm của cả hệ thống; chỉ kỹ thuật viên đổi được, trong cấu hình (LOA_NIGHT).',
  'rules.notFound': 'Không có địa bàn hay cụm loa mang mã {id}.',
  'rules.notOfCluster': 'Mục này do xã quy định chung, không đặt riêng cho một cụm loa.',
  'rules.provinceSilence': 'Khoảng lặng của tỉnh áp dụng cho mọi cụm loa. Muốn chọn cụm loa, hãy đặt ở xã.',
  'rules.quietEmpty': 'Giờ kết thúc trùng giờ bắt đầu nên không có giờ yên tĩnh nào. Hãy chọn giờ kết thúc khác.',
  'rules.quietLooser':
    'Giờ yên tĩnh phải bao gồm {from}–{to} theo quy định của {by}. Hãy chọn khoảng dài hơn hoặc để theo cấp trên.',
  'rules.yearTwice': 'Năm {year} được khai hai lần. Hãy gộp lại thành một.',
  'source.busy': 'Hệ thống thông tin nguồn đang bận hoặc gặp lỗi (HTTP {status}). Báo cáo sẽ tự được gửi lại.',
  'source.gaveUp': 'Đã gửi nhiều lần không được nên không gửi nữa. Hãy báo quản trị hệ thống.',
  'source.noAnswer': 'Hệ thống thông tin nguồn không trả lời kịp. Báo cáo sẽ tự được gửi lại.',
  'source.notAdmitted':
    'Hệ thống thông tin nguồn không chấp nhận mã truy cập (HTTP {status}). Báo cáo sẽ tự được gửi lại; hãy báo quản trị hệ thống.',
  'source.notTaken': 'Lần gửi gần nhất không thành công.',
  'source.refused': 'Hệ thống thông tin nguồn không nhận báo cáo này (HTTP {status}). Hãy báo quản trị hệ thống.',
  'source.unreachable': 'Không kết nối được với hệ thống thông tin nguồn. Báo cáo sẽ tự được gửi lại.',
  'station.bed': 'Nhạc nền này không dùng được. Hãy chọn nhạc nền mà đài đã tải lên và đã kiểm tra xong.',
  'station.chime': 'Nhạc hiệu này không dùng được. Hãy chọn nhạc hiệu mà đài đã tải lên và đã kiểm tra xong.',
  'station.engine': 'Hệ thống không có giọng máy “{engine}”. Hãy bỏ giọng này; có thể chọn trong: {engines}.',
  'station.engineTwice': 'Có giọng máy được chọn hai lần. Hãy bỏ bớt một.',
  'station.enginesTooMany': 'Chọn tối đa 10 giọng máy. Hãy bỏ bớt.',
  'station.notFound': 'Địa bàn này chưa có đài truyền thanh.',
  'station.otherClock':
    'Đồng hồ của múi giờ này khác giờ Việt Nam nên giờ yên tĩnh sẽ lệch. Hãy dùng Asia/Ho_Chi_Minh.',
  'station.timeZone': 'Không có múi giờ này.',
  'station.voice': 'Không có giọng đọc này.',
  'version.notFound': 'Không tìm thấy phiên bản này của bản tin.',
}

/** What each kind of error is called when no single field is to blame. */
export const SUMMARIES: Record<ErrorCode | 'unauthenticated' | 'internal', string> = {
  not_found: 'Không tìm thấy nội dung được yêu cầu.',
  conflict: 'Thao tác không còn hợp lệ. Hãy tải lại trang.',
  invalid: 'Có mục chưa hợp lệ. Hãy xem và sửa các mục được đánh dấu.',
  forbidden: 'Tài khoản này không được phép làm việc đó.',
  limit: 'Đã vượt giới hạn. Hãy thử lại sau.',
  unavailable: 'Hệ thống đang bận. Hãy thử lại sau ít phút.',
  unauthenticated: 'Hãy đăng nhập.',
  internal: 'Hệ thống gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo quản trị hệ thống kèm mã yêu cầu.',
}

/** Schemas name their own sentence by such a key. */
export const hasMessage = (key: string): boolean => Object.hasOwn(MESSAGES, key)

/** The Vietnamese sentence of a key; an unknown key says only that the value is not valid. */
export function messageOf(key: string, values: Problem['values'] = {}): string {
  const template = MESSAGES[key] ?? MESSAGES['field.invalid'] ?? ''
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** One sentence for the whole error: the problem's own where there is one, else the summary of its kind. */
export function summaryOf(error: DomainError): string {
  const [problem, ...others] = error.problems
  return problem && others.length === 0 ? messageOf(problem.key, problem.values) : SUMMARIES[error.code]
}
