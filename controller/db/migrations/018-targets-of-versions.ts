import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** Versions read at a time: their texts are left alone, their targets may be hundreds. */
const BATCH = 500

/** Whom a bulletin is for is kept for each of its versions: the one on air may be for others than the one in work. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { table } = tableMaker(db, dialect)
    await table('bulletinVersionTarget')
      .addColumn('versionId', 'text', (c) => c.notNull().references('bulletinVersion.id'))
      .addColumn('areaCode', 'text', (c) => c.notNull().references('area.code'))
      .addPrimaryKeyConstraint('bulletinVersionTargetPk', ['versionId', 'areaCode'])
      .execute()
    for (let after = ''; ; ) {
      const versions = await versionsAfter(db, after)
      for (const { id, targetsJson } of versions) await keepTargets(db, id, JSON.parse(targetsJson))
      if (versions.length < BATCH) break
      after = versions.at(-1)?.id ?? ''
    }
    await db.schema.dropTable('bulletinTarget').execute()
  }

const versionsAfter = (db: Old, after: string): Promise<{ id: string; targetsJson: string }[]> =>
  db
    .selectFrom('bulletinVersion')
    .select(['id', 'targetsJson'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute()

/** Through the areas that there are: what an old version names may be gone since. */
async function keepTargets(db: Old, versionId: string, codes: readonly string[]): Promise<void> {
  await db
    .insertInto('bulletinVersionTarget')
    .columns(['versionId', 'areaCode'])
    .expression((eb) =>
      eb
        .selectFrom('area')
        .select((on) => [on.val(versionId).as('versionId'), 'code'])
        .where('code', 'in', [...codes]),
    )
    .execute()
}
