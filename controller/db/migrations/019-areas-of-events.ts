import type { Kysely } from 'kysely'

/** Readers hear of what concerns their areas; what was written before has none, and is for everybody. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('event').addColumn('areaCode', 'text').execute()
}
