import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { decodeJwt } from 'jose'
import type { Kysely } from 'kysely'
import type { Tables } from '../../controller/db/schema.ts'
import { groupBy } from '../../controller/group-by.ts'

export interface BarePlanning {
  readonly of: { readonly clusters: number; readonly sessions: number; readonly planBytes: number }
  readonly seconds: number
  readonly cpuSeconds: number
}

/**
 * What is in the tables once more, by nothing but Ed25519 and better-sqlite3: each plan is stringified and signed, and it and
 * the ledger rows are written in one transaction a station, as durably as the product does.
 */
export async function barePlanning(db: Kysely<Tables>, folder: string): Promise<BarePlanning> {
  const clusters = await db
    .selectFrom('clusterPlan')
    .innerJoin('cluster', 'cluster.id', 'clusterPlan.clusterId')
    .select(['clusterId', 'version', 'contentHash', 'jws', 'validUntil', 'areaCode'])
    .execute()
  const broadcasts = await db.selectFrom('broadcast').select(['id', 'areaCode', 'itemsJson']).execute()
  const deliveries = await db
    .selectFrom('delivery')
    .innerJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .select(['broadcastId', 'clusterId', 'updatedAt', 'areaCode'])
    .execute()
  const planBytes = clusters.reduce((sum, { jws }) => sum + jws.length, 0) / clusters.length
  const ofArea = {
    plans: groupBy(
      clusters.map(({ jws, ...row }) => ({ ...row, plan: decodeJwt(jws) })),
      ({ areaCode }) => areaCode,
    ),
    broadcasts: groupBy(broadcasts, ({ areaCode }) => areaCode),
    deliveries: groupBy(deliveries, ({ areaCode }) => areaCode),
  }
  const file = new Sqlite(join(folder, 'bare.db'))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec(
    `create table broadcast (id text primary key, items text) strict;
     create table delivery (broadcastId text, clusterId text, state text, at integer, primary key (broadcastId, clusterId)) strict;
     create index deliveryByCluster on delivery (clusterId, broadcastId);
     create table plan (clusterId text primary key, version integer, hash text, jws text, validUntil integer) strict;`,
  )
  const insert = {
    broadcast: file.prepare('insert into broadcast values (?, ?)'),
    delivery: file.prepare("insert into delivery values (?, ?, 'planned', ?)"),
    plan: file.prepare('insert into plan values (?, ?, ?, ?, ?)'),
  }
  const key = createPrivateKey(
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'loa-plan+jws' })).toString('base64url')
  const writeStation = file.transaction((areaCode: string) => {
    for (const { id, itemsJson } of ofArea.broadcasts.get(areaCode) ?? []) insert.broadcast.run(id, itemsJson)
    for (const row of ofArea.deliveries.get(areaCode) ?? [])
      insert.delivery.run(row.broadcastId, row.clusterId, row.updatedAt)
    for (const { clusterId, version, contentHash, plan, validUntil } of ofArea.plans.get(areaCode) ?? []) {
      const said = `${header}.${Buffer.from(JSON.stringify(plan)).toString('base64url')}`
      const jws = `${said}.${sign(null, Buffer.from(said), key).toString('base64url')}`
      insert.plan.run(clusterId, version, contentHash, jws, validUntil)
    }
  })
  const startedAt = performance.now()
  const before = process.cpuUsage()
  for (const areaCode of ofArea.plans.keys()) writeStation(areaCode)
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - startedAt) / 1_000
  file.close()
  return {
    of: { clusters: clusters.length, sessions: broadcasts.length, planBytes },
    seconds,
    cpuSeconds: (user + system) / 1e6,
  }
}
