import { join } from 'node:path'
import { ClusterIdentity } from '#protocol/messages.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { quietFarFrom } from '../../firmware-sim/demo/commune.ts'
import { createFleet } from '../../firmware-sim/fleet.ts'
import type { Session } from './session.ts'
import type { TestController } from './start-controller.ts'
import { until } from './until.ts'

/** Phường Ba Đình: any commune would do. */
export const AREA = '00004'
const TIME_ZONE = 'Asia/Ho_Chi_Minh'
const SECOND = 1_000
const QUIET = quietFarFrom(Date.now())

/** Settings of a controller whose clusters sound in real time, at whatever hour. */
export const AT_ANY_HOUR = { LOA_NIGHT: `${QUIET.from}-${QUIET.to}` }

/** A station that may sound at any hour near this one, and its enrolled clusters; for a controller `AT_ANY_HOUR`. */
export async function enrolClusters(admin: Session, clusters: number): Promise<ClusterIdentity[]> {
  const settings = {
    name: 'Đài thử nghiệm',
    timeZone: TIME_ZONE,
    quietHours: QUIET,
    volume: { day: 80, night: 50 },
    voice: 'vi-north',
  }
  const { status } = await admin.put(`/api/stations/${AREA}`, settings)
  if (status !== 200) throw new Error(`the station was refused: ${status}`)
  const identities: ClusterIdentity[] = []
  for (let i = 1; i <= clusters; i++) {
    const { body } = await admin.post('/api/clusters', { name: `Cụm loa ${i}`, areaCode: AREA })
    identities.push(ClusterIdentity.parse(body.identity))
  }
  return identities
}

/** The same with simulated clusters in this process, connected. */
export async function startCommune(
  t: TestController,
  admin: Session,
  options: { clusters: number; wavDir?: string },
): Promise<AsyncDisposable> {
  const identities = await enrolClusters(admin, options.clusters)
  const fleet = await createFleet({ identities, stateDir: join(t.dataDir, 'fleet'), wavDir: options.wavDir ?? null })
  await fleet.start()
  await fleet.connected()
  return fleet
}

/** Writes a bulletin, has it produced and approved, and places it `inMs` from now on the whole commune. */
export async function airBulletin(admin: Session, input: { script: string; inMs: number }) {
  const content = { title: 'Bản tin thử', class: 'ordinary', script: input.script, targets: [AREA] }
  const { body: created } = await admin.post('/api/bulletins', content)
  const bulletin = await until('the sound to be ready', async () => {
    const { body } = await admin.get(`/api/bulletins/${created.id}`)
    return body.rendition.step === 'ready' && body
  })
  await admin.post(`/api/bulletins/${created.id}/submit`)
  await admin.post(`/api/bulletins/${created.id}/approve`)
  const { date, time } = civilTime(Math.ceil((Date.now() + input.inMs) / SECOND) * SECOND, TIME_ZONE)
  const programme = await admin.post('/api/programmes', {
    name: 'Buổi thử',
    areaCode: AREA,
    startsOn: date,
    startTime: time,
    targets: { areas: [AREA] },
    rundown: [{ kind: 'bulletin', bulletinId: created.id }],
  })
  if (programme.status !== 201) throw new Error(`the programme was refused: ${JSON.stringify(programme.body)}`)
  const broadcast = await until('the session to be planned', async () => {
    const { body } = await admin.get('/api/broadcasts')
    return body.items[0]
  })
  return { bulletin, broadcast }
}
