import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { Area, Station } from '#protocol/http/areas.ts'
import { EnrolledCluster } from '#protocol/http/clusters.ts'
import type { ClusterIdentity } from '#protocol/messages.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import type { Client } from './client.ts'

export const TIME_ZONE = 'Asia/Ho_Chi_Minh'
export const CLUSTERS = 12

const HOUR = 3_600_000

export interface Commune {
  readonly areaCode: string
  readonly quietHours: { readonly from: string; readonly to: string }
  readonly identities: readonly ClusterIdentity[]
}

/** A commune with twelve clusters; the station's name says that it is a demonstration. */
export async function setUpCommune(client: Client, quietHours: Commune['quietHours']): Promise<Commune> {
  const { items } = await client.get('/api/areas?q=cai%20nhum', z.object({ items: z.array(Area) }))
  const area = items.find((one) => one.kind === 'commune')
  if (!area) throw new Error('the table of administrative units is empty')
  await client.send(
    'PUT',
    `/api/stations/${area.code}`,
    {
      name: 'Đài truyền thanh xã (trình diễn)',
      timeZone: TIME_ZONE,
      quietHours,
      volume: { day: 80, night: 50 },
      voice: 'vi-north',
    },
    Station,
  )
  const identities: ClusterIdentity[] = []
  for (let i = 1; i <= CLUSTERS; i++) {
    const name = `Cụm loa ${String(i).padStart(2, '0')}`
    const enrolled = await client.send('POST', '/api/clusters', { name, areaCode: area.code }, EnrolledCluster)
    identities.push(enrolled.identity)
  }
  return { areaCode: area.code, quietHours, identities }
}

/** One quiet hour twelve hours away, so that the demonstration can be heard at any hour of the day or night. */
export function quietFarFrom(now: number): Commune['quietHours'] {
  const hourOf = (at: number): string => `${civilTime(at, TIME_ZONE).time.slice(0, 2)}:00`
  return { from: hourOf(now + 12 * HOUR), to: hourOf(now + 13 * HOUR) }
}

/** Identities hold passwords: nobody else may read the file. */
export async function writeIdentities(file: string, identities: readonly ClusterIdentity[]): Promise<void> {
  await writeFile(file, JSON.stringify(identities), { mode: 0o600 })
}
