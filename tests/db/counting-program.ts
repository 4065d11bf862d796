import { sql } from 'kysely'
import { openDatabase } from '../../controller/db/open.ts'

/** Counts further in a table that another process counts in as well, each step one transaction that reads and writes. */
const [file = '', times = ''] = process.argv.slice(2)
const { db } = openDatabase({ kind: 'sqlite', file })
process.stdout.write('counting\n')
for (let i = 0; i < Number(times); i++) {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ n: number }>`select n from tally`.execute(tx)
    await new Promise((resolve) => setImmediate(resolve))
    await sql`update tally set n = ${(rows[0]?.n ?? 0) + 1}`.execute(tx)
  })
}
process.stdout.write('counted\n')
