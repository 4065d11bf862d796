import { access, cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'

/** What a restored machine needs to go on as the same controller; the speech cache is made anew. */
const FOLDERS = ['secrets', 'media'] as const
const DATABASE = 'loa.db'

export function addBackupCommand(program: Command): void {
  program
    .command('backup <folder>')
    .description('sao lưu cơ sở dữ liệu, khóa và âm thanh vào một thư mục mới; chạy được khi hệ thống đang hoạt động')
    .action(async (folder: string) => {
      const config = readConfig()
      const { file } = sqliteOf(config)
      await access(file)
      await requireEmpty(folder)
      const { db } = openDatabase(config.database)
      try {
        await sql`vacuum into ${join(folder, DATABASE)}`.execute(db)
      } finally {
        await db.destroy()
      }
      for (const name of FOLDERS) await copyIfThere(join(config.dataDir, name), join(folder, name))
      console.log(folder)
    })
}

export function addRestoreCommand(program: Command): void {
  program
    .command('restore <folder>')
    .description('phục hồi bản sao lưu vào thư mục dữ liệu trống (LOA_DATA_DIR); dừng hệ thống trước')
    .action(async (folder: string) => {
      const config = readConfig()
      const { file } = sqliteOf(config)
      await access(join(folder, DATABASE))
      await requireEmpty(config.dataDir)
      for (const name of FOLDERS) await copyIfThere(join(folder, name), join(config.dataDir, name))
      await cp(join(folder, DATABASE), file)
      console.log(config.dataDir)
    })
}

function sqliteOf({ database }: Config): { file: string } {
  if (database.kind === 'sqlite') return database
  throw new ConfigError('LOA_DATABASE_URL: back PostgreSQL up with pg_dump, and copy the folders secrets and media')
}

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new ConfigError(`${folder}: must be empty; nothing is overwritten`)
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await access(from)
  } catch {
    return
  }
  await cp(from, to, { recursive: true, preserveTimestamps: true })
}
