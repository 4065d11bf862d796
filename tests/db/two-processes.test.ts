import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '../../controller/db/open.ts'
import { startChild } from '../support/child-program.ts'

test('two processes that read and write in one transaction wait for each other over one SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-two-'))
  const file = join(folder, 'loa.db')
  const { db } = openDatabase({ kind: 'sqlite', file })
  try {
    await sql`create table tally (n integer)`.execute(db)
    await sql`insert into tally values (0)`.execute(db)
    const script = 'tests/db/counting-program.ts'
    await using one = startChild(script, [file, '200'])
    await using other = startChild(script, [file, '200'])
    await Promise.all([one.line(/counted/), other.line(/counted/)])
    expect((await sql<{ n: number }>`select n from tally`.execute(db)).rows).toEqual([{ n: 400 }])
  } finally {
    await db.destroy()
    await rm(folder, { recursive: true, force: true })
  }
})
