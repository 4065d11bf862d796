import { dayMonthYear } from '../../iso.ts'
import { lengthOf } from '../../programmes/session/airing-item.ts'
import { SECOND } from '../../units.ts'
import type { Fallen, SessionFacts, SetBy, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { type Spoken, speakTime, spokenLength } from './moment-words.ts'
import { armedWords, reasonWords } from './reason-words.ts'

/** A start before its time by more than this was by an older plan. */
const EARLY_MS = 60 * SECOND

/** A finding as one Vietnamese sentence. A kind without words here does not compile. */
export function wordsOf(finding: Finding, { at, timeZone, cluster }: WhyFacts): string {
  const time = speakTime(timeZone)
  const place = `cụm loa “${cluster.name}”`
  const Place = `Cụm loa “${cluster.name}”`
  if (finding.kind === 'no-programme') return noProgramme(finding, at, place, time)
  const { name } = finding.programme
  const session = `buổi “${name}” lúc ${time.moment(finding.startAt)}`
  const Session = `Buổi “${name}” lúc ${time.moment(finding.startAt)}`
  const date = dayMonthYear(finding.originalDate)
  const hand = byWhom(finding.setBy, time)
  switch (finding.kind) {
    case 'played':
      return `${Place} đã phát trọn ${session}${startWords(finding.session, time)}${allTheSame(finding.session)}.`
    case 'late':
      return `${Place} đã phát trọn ${session}, nhưng bắt đầu muộn ${spokenLength(finding.session.delivery?.startErrorMs ?? 0)}${allTheSame(finding.session)}.`
    case 'partial':
      return `${Place} đã phát ${session} nhưng không trọn: ${heardOf(finding.session)}${allTheSame(finding.session)}.`
    case 'interrupted':
      return `${Place} đã phát ${session} nhưng bị ngắt (${heardOf(finding.session)}) vì ${reasonWords(finding.reason)}${withWhom(finding.by)}${allTheSame(finding.session)}.`
    case 'missed':
      return `${Place} đã không phát ${session} vì ${reasonWords(finding.reason)}${withWhom(finding.by)}.`
    case 'refused':
      return `${Place} đã từ chối phát ${session} vì ${reasonWords(finding.reason)}${withWhom(finding.by)}.`
    case 'unknown':
      return `Không rõ ${place} có phát ${session} hay không vì cụm loa chưa gửi đủ nhật ký; buổi này không được tính là đã phát.`
    case 'playing':
      return `${Place} đang phát ${session}${startWords(finding.session, time)}.`
    case 'paused':
      return `${Place} đang tạm dừng ${session} để nhường buổi “${finding.by}” có mức ưu tiên cao hơn, sau đó sẽ phát tiếp.`
    case 'waiting':
      return `${Place} đang chờ buổi “${finding.by}” phát xong để phát ${session}.`
    case 'unreported':
      return `Đã đến giờ của ${session} nhưng ${place} chưa báo về; nhật ký đến muộn vẫn được ghi vào sổ.`
    case 'will-play':
      return `${Place} sẽ phát ${session}${armedWords(finding.armed)}${finding.isOffline ? '; cụm loa đang mất kết nối nhưng đã giữ kế hoạch này' : ''}.`
    case 'will-wait':
      return `${Place} sẽ phát ${session} muộn khoảng ${spokenLength(finding.ms)} vì phải chờ buổi “${finding.by}”.`
    case 'will-pause':
      return `${Place} sẽ phát ${session}, giữa chừng tạm dừng để nhường buổi “${finding.by}” rồi phát tiếp.`
    case 'will-be-cut':
      return `${Place} sẽ phát ${session} nhưng bị ngắt giữa chừng vì ${reasonWords(finding.reason)}${withWhom(finding.by)}.`
    case 'will-not-sound':
      return `${Place} sẽ không phát ${session} vì ${reasonWords(finding.reason)}${withWhom(finding.by)}.`
    case 'no-sound-yet':
      return `${Session} chưa có âm thanh nào sẵn sàng; ${place} sẽ phát nếu âm thanh có kịp giờ.`
    case 'plan-not-held':
      return `${Place} chưa nhận bản kế hoạch mới nhất có ${session}; sẽ phát nếu nhận được trước giờ đó.`
    case 'plan-full':
      return `${Session} chưa có trong kế hoạch đã gửi cho ${place} vì lịch quá dày; sẽ được gửi khi các buổi trước đó phát xong.`
    case 'offline':
      return `${Place} ${finding.lastSeenAt === null ? 'chưa kết nối lần nào' : `mất kết nối, lần cuối liên lạc lúc ${time.moment(finding.lastSeenAt)},`} nên chưa nhận được kế hoạch có ${session}; sẽ phát nếu kết nối lại kịp giờ.`
    case 'cannot-play':
      return `${Place} không phát được ${session} vì ${reasonWords(finding.reason)}.`
    case 'no-room':
      return `${Session} không phát vì không nội dung nào vừa thời lượng ${finding.minutes} phút của chương trình.`
    case 'called-off':
      return `${Session} đã được hủy${hand}.`
    case 'replanned':
      return `${Session} đã được rút khỏi kế hoạch của ${place} vì lịch phát thay đổi.`
    case 'withdrawn':
      return `${Session} không phát vì ${titlesOf(finding.fallen)} đã bị thu hồi${hand}.`
    case 'expired':
      return `${Session} không phát vì ${titlesOf(finding.fallen)} đã hết hiệu lực.`
    case 'nothing-accepted':
      return `${Session} không phát vì không có bản tin nào được tiếp nhận vào buổi này.`
    case 'not-targeted':
      return `Chương trình “${name}” không phát ở ${place} vì cụm loa không nằm trong nơi nghe đã chọn${hand}.`
    case 'excluded':
      return `Chương trình “${name}” không phát ở ${place} vì cụm loa này đã được loại trừ${hand}.`
    case 'not-enrolled':
      return `${Session} không có ở ${place} vì cụm loa được đăng ký sau đó, lúc ${time.moment(finding.enrolledAt)}.`
    case 'quiet-hours':
      return `${Session} không phát vì chạm giờ yên tĩnh (${finding.quietHours.from}–${finding.quietHours.to}).`
    case 'silence':
      return `${Session} không phát vì thời gian tạm ngừng phát${finding.reason === null ? '' : ` “${finding.reason}”`}${hand}.`
    case 'limits':
      return `${Session} không phát vì vượt giới hạn phát của đài mà chưa có miễn trừ.`
    case 'programme-ended':
      return `${Session} không còn vì chương trình đã được kết thúc${hand}.`
    case 'over':
      return `Không có gì phát ở ${place} lúc ${time.moment(at)}: ${session} kết thúc lúc ${time.moment(finding.endedAt)}.`
    case 'beyond-plan':
      return `${Session} có trong lịch nhưng còn xa hơn 7 ngày; sẽ được lập kế hoạch từ ngày ${time.day(finding.plannedFrom)}.`
    case 'within-lead':
      return `${Session} không phát vì lịch được lập hoặc sửa lúc ${time.moment(finding.changedAt)}, không kịp báo cho cụm loa trước ${spokenLength(finding.leadMs)}.`
    case 'changed-since':
      return `${Session} không được lập kế hoạch trước giờ đó; lịch có buổi này được lập hoặc sửa sau, lúc ${time.moment(finding.changedAt)}.`
    case 'not-planned':
      return finding.isPast
        ? `${Session} có trong lịch nhưng không được lập kế hoạch trước giờ đó.`
        : `${Session} có trong lịch và đang chờ được lập kế hoạch.`
    case 'skipped':
      return `${Session} đã được bỏ qua${hand}${finding.reason === null ? '' : `, lý do: ${finding.reason}`}.`
    case 'moved-away':
      return `${Session} đã được dời sang ${time.moment(finding.to.startAt)}${hand}.`
    case 'before-start':
      return `Chương trình “${name}” chưa phát vào ngày ${date} vì bắt đầu từ ngày ${dayMonthYear(finding.startsOn)}.`
    case 'after-end':
      return `Chương trình “${name}” không còn phát vào ngày ${date} vì chỉ đến hết ngày ${dayMonthYear(finding.endsOn)}.`
    case 'not-in-rule':
      return `Ngày ${date} không phải là ngày phát của chương trình “${name}”.`
    case 'out-of-season':
      return `Chương trình “${name}” không phát vào ngày ${date} vì chỉ phát từ ${yearly(finding.season.from)} đến ${yearly(finding.season.to)} hằng năm.`
    case 'holiday':
      return `Chương trình “${name}” nghỉ ngày ${date} vì là ngày lễ (${finding.holiday.name}).`
    case 'not-a-holiday':
      return `Chương trình “${name}” không phát vào ngày ${date} vì chỉ phát vào ngày nghỉ lễ.`
    case 'no-such-date':
      return `Chương trình “${name}” không phát vào ngày ${date} vì múi giờ của đài không có ngày này.`
  }
}

function noProgramme(
  { isQuiet, next }: Extract<Finding, { kind: 'no-programme' }>,
  at: number,
  place: string,
  time: Spoken,
): string {
  const quiet = isQuiet ? ' (trong giờ yên tĩnh)' : ''
  const coming = next ? `; buổi kế tiếp là “${next.name}” lúc ${time.moment(next.startAt)}` : ''
  return `Không có chương trình nào cho ${place} vào lúc ${time.moment(at)}${quiet}${coming}.`
}

/** Follows a verb in the passive. */
const byWhom = (setBy: SetBy | null, time: Spoken): string =>
  setBy ? ` (${setBy.name}, lúc ${time.moment(setBy.at)})` : ''

const withWhom = (by: string | null): string => (by === null ? '' : ` (buổi “${by}”)`)

const titlesOf = (fallen: readonly Fallen[]): string =>
  fallen.length === 0 ? 'bản tin của buổi này' : `bản tin ${fallen.map(({ title }) => `“${title}”`).join(', ')}`

/** `04-16` → `16/04` */
const yearly = (date: string): string => date.split('-').reverse().join('/')

function startWords({ delivery }: SessionFacts, time: Spoken): string {
  if (!delivery || delivery.startedAt === null) return ''
  const isEarly = (delivery.startErrorMs ?? 0) < -EARLY_MS
  return isEarly ? `, nhưng theo kế hoạch cũ vào lúc ${time.moment(delivery.startedAt)}` : ''
}

const allTheSame = ({ broadcast }: SessionFacts): string =>
  broadcast.status === 'cancelled' ? ', dù buổi này đã được hủy' : ''

function heardOf({ broadcast, delivery }: SessionFacts): string {
  if (!delivery || delivery.playedMs === null) return 'không rõ đã phát được bao lâu'
  return `phát được ${spokenLength(delivery.playedMs)} trong ${spokenLength(lengthOf(broadcast.items))}`
}
