import { z } from 'zod'
import { CalendarDate, calendarFields, MAX_EXCEPTIONS, Repeat, Season } from '#protocol/calendar.ts'
import { AiringLimits } from '#protocol/http/airing-rules.ts'
import { LocalTime, line } from '#protocol/http/common.ts'
import { CreateProgramme, ProgrammeKey, RundownItem, Targets } from '#protocol/http/programmes.ts'
import { AreaCode, BulletinId } from '#protocol/ids.ts'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import { isProgrammeRule } from '#protocol/rules/rrule.ts'

/** More is a mistake: a station has a dozen. */
const MAX_PROGRAMMES = 500

/** The descriptions are what an editor shows beside a field. */
const weekdays = z
  .array(z.enum(WEEKDAYS))
  .min(1)
  .max(7)
  .describe('Các thứ trong tuần: MO thứ hai, TU thứ ba, WE thứ tư, TH thứ năm, FR thứ sáu, SA thứ bảy, SU chủ nhật')

const lunar = Repeat.options[2].shape

const FileRepeat = z.union([
  z.enum(['once', 'daily']).describe('once: chỉ một ngày; daily: hằng ngày'),
  z.strictObject({
    weekdays,
    everyWeeks: z.int().min(1).max(52).optional().describe('Cách mấy tuần một lần; 2 là hai tuần một lần'),
  }),
  z.strictObject({
    lunarDays: lunar.days.describe('Các ngày âm lịch: 1 là mùng một, 15 là rằm, -1 là ngày cuối tháng'),
    lunarMonths: lunar.months.describe('Các tháng âm lịch; bỏ trống là mọi tháng'),
    leapMonths: lunar.leapMonths
      .optional()
      .describe('Tháng nhuận: also là cũng phát (mặc định), skip là không phát, only là chỉ phát trong tháng nhuận'),
  }),
  z.strictObject({
    rrule: z
      .string()
      .max(500)
      .refine(isProgrammeRule, 'programme.rrule')
      .describe('Quy tắc lặp RFC 5545, ví dụ FREQ=MONTHLY;BYDAY=1SA là thứ bảy đầu tháng'),
  }),
])
export type FileRepeat = z.infer<typeof FileRepeat>

const FileException = z.union([
  z.literal('skip').describe('Không phát'),
  z.strictObject({ skip: line(200).describe('Không phát, vì lý do này') }),
  z.strictObject({
    move: z
      .strictObject({
        date: CalendarDate.optional().describe('Ngày mới'),
        time: LocalTime.optional().describe('Giờ mới'),
      })
      .refine(({ date, time }) => date !== undefined || time !== undefined, 'calendar.moveNowhere')
      .describe('Dời buổi phát sang ngày hoặc giờ khác'),
  }),
  z.strictObject({ replace: BulletinId.describe('Bản tin phát thay cho nội dung của chương trình') }),
])
export type FileException = z.infer<typeof FileException>

const FileRundownItem = z.union([
  z.literal('inbox').describe('Chỗ của các bản tin được tiếp nhận cho từng buổi'),
  BulletinId.describe('Một bản tin, theo mã của bản tin'),
  ...RundownItem.options.map((option) => option.strict()),
])
export type FileRundownItem = z.infer<typeof FileRundownItem>

const { shape } = CreateProgramme

/** One programme, in the form in which people write it. */
export const FileProgramme = z
  .strictObject({
    name: shape.name.describe('Tên chương trình'),
    startsOn: calendarFields.startsOn.describe('Ngày đầu tiên, ví dụ 2026-11-23'),
    startTime: calendarFields.startTime.describe('Giờ bắt đầu, ví dụ 05:30'),
    until: calendarFields.until.describe('Ngày cuối cùng'),
    repeat: FileRepeat.default('once').describe('Ngày nào phát; bỏ trống là chỉ ngày đầu tiên'),
    season: Season.strict().optional().describe('Chỉ trong một phần của mỗi năm, ví dụ { from: 04-16, to: 10-15 }'),
    holidays: calendarFields.holidays.describe(
      'Ngày nghỉ lễ: as-usual là vẫn phát, skip là không phát, only là chỉ phát ngày lễ',
    ),
    exceptions: z
      .record(CalendarDate, FileException)
      .default({})
      .refine((exceptions) => Object.keys(exceptions).length <= MAX_EXCEPTIONS, 'file.tooManyExceptions')
      .describe('Những ngày khác thường, theo ngày'),
    maxMinutes: shape.maxMinutes.describe('Mỗi buổi phát tối đa bao nhiêu phút; nội dung thừa bị bỏ lại'),
    targets: z
      .strictObject({
        areas: Targets.shape.areas.optional().describe('Mã xã; bỏ trống là cả xã, trừ khi có clusters'),
        clusters: Targets.shape.clusters.describe('Chỉ những cụm loa này'),
        exclude: Targets.shape.exclude.describe('Trừ những cụm loa này'),
      })
      .optional()
      .describe('Phát cho ai; bỏ trống là cả xã'),
    rundown: z.array(FileRundownItem).min(1).max(50).describe('Nội dung mỗi buổi, theo thứ tự'),
  })
  .describe('Một chương trình')
export type FileProgramme = z.infer<typeof FileProgramme>

/** What one file says: the programmes of one station. */
export const StationFile = z.strictObject({
  areaCode: AreaCode.describe('Mã xã, phường hoặc đặc khu của đài, trong dấu nháy'),
  timeZone: z.string().max(60).default('Asia/Ho_Chi_Minh').describe('Múi giờ của đài'),
  quietHours: z
    .strictObject({ from: LocalTime.describe('Từ giờ này'), to: LocalTime.describe('đến giờ này') })
    .refine(({ from, to }) => from !== to, { path: ['to'], message: 'rules.quietEmpty' })
    .default({ from: '22:00', to: '05:00' })
    .describe('Giờ yên tĩnh mà tệp phải tuân theo; giờ yên tĩnh của đài sửa trong cài đặt của đài'),
  limits: AiringLimits.strict()
    .default({})
    .describe('Giới hạn mà tệp phải tuân theo, ví dụ số buổi mỗi ngày; không thay giới hạn của đài'),
  programmes: z
    .record(ProgrammeKey, FileProgramme)
    .refine((programmes) => Object.keys(programmes).length <= MAX_PROGRAMMES, 'file.tooManyProgrammes')
    .describe('Các chương trình, theo tên trong tệp (chữ thường không dấu, ví dụ ban-tin-sang)'),
})
export type StationFile = z.infer<typeof StationFile>
