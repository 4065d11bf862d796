import { type Kysely, sql } from 'kysely'

/** Planning reads what is near, not what was, and never walks over signed plans to see which of them are new. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createIndex('clusterPlanUnpublished')
    .on('clusterPlan')
    .columns(['clusterId'])
    .where(sql.ref('publishedVersion'), '<', sql.ref('version'))
    .execute()
  await schema.createIndex('broadcastByAreaStart').on('broadcast').columns(['areaCode', 'startAt']).execute()
  await schema.createIndex('broadcastByAreaDate').on('broadcast').columns(['areaCode', 'originalDate']).execute()
}
