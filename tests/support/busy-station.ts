import { AREA, enrolClusters } from './commune.ts'
import type { Session } from './session.ts'
import { until } from './until.ts'

const SETTINGS = {
  name: 'Đài phường Ba Đình',
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: { from: '22:00', to: '05:00' },
  volume: { day: 80, night: 50 },
  voice: 'vi-north',
}
const sentence = (n: number): string => `Câu thứ ${n} của bài này nói thêm về quy định mới.`
const scriptOf = (sentences: number): string => Array.from({ length: sentences }, (_, i) => sentence(i + 1)).join(' ')

/** A bulletin of about two seconds a sentence, spoken and approved. */
export async function approvedBulletin(
  admin: Session,
  title: string,
  sentences: number,
  kind = 'ordinary',
): Promise<string> {
  const content = { title, class: kind, script: scriptOf(sentences), targets: [AREA] }
  const { body } = await admin.post('/api/bulletins', content)
  await until(`the sound of ${title}`, async () => {
    const { body: now } = await admin.get(`/api/bulletins/${body.id}`)
    return now.rendition.step === 'ready'
  })
  await admin.post(`/api/bulletins/${body.id}/submit`)
  await admin.post(`/api/bulletins/${body.id}/approve`)
  return body.id
}

/** A station with the sessions that a commune has: mornings, evenings, a lunar one, one of each class. */
export async function layOutStation(admin: Session, startsOn: string) {
  await enrolClusters(admin, 3)
  await admin.put(`/api/stations/${AREA}`, SETTINGS)
  const [helmets, land, dengue] = await Promise.all([
    approvedBulletin(admin, 'Đội mũ bảo hiểm khi đi xe máy', 4),
    approvedBulletin(admin, 'Những điểm mới của Luật Đất đai', 12),
    approvedBulletin(admin, 'Phòng, chống sốt xuất huyết', 6, 'priority'),
  ])
  const programme = async (name: string, startTime: string, set: Record<string, unknown>): Promise<string> => {
    const { status, body } = await admin.post('/api/programmes', {
      name,
      areaCode: AREA,
      startsOn,
      startTime,
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      targets: { areas: [AREA] },
      ...set,
    })
    if (status !== 201) throw new Error(`${name} was refused: ${JSON.stringify(body)}`)
    return body.id
  }
  const airs = (...ids: string[]) => ids.map((bulletinId) => ({ kind: 'bulletin', bulletinId }))
  const programmes = {
    morning: await programme('Bản tin sáng', '05:30', { maxMinutes: 30, rundown: airs(helmets) }),
    noon: await programme('Hỏi – đáp pháp luật', '11:00', {
      maxMinutes: 1,
      repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR' },
      rundown: airs(land),
    }),
    evening: await programme('Bản tin chiều', '17:00', {
      maxMinutes: 30,
      holidays: 'skip',
      rundown: airs(dengue, land),
    }),
    moon: await programme('Nhắc việc mùng một và ngày rằm', '18:30', {
      maxMinutes: 10,
      repeat: { kind: 'lunar', days: [1, 15], leapMonths: 'skip' },
      rundown: airs(helmets),
    }),
    meeting: await programme('Mời họp tổ dân phố', '19:00', {
      maxMinutes: 5,
      repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=SA' },
      rundown: airs(helmets),
    }),
  }
  return { programmes }
}
