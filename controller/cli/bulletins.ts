import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { BULLETIN_CLASSES, CreateBulletin } from '#protocol/http/bulletins.ts'
import { OPERATOR } from '../accounts/actor.ts'
import { createBulletin } from '../bulletins/create.ts'
import { openLocal } from './local.ts'
import { decodeUtf8 } from './utf8.ts'

export function addBulletinCommands(program: Command): void {
  program
    .command('bulletins')
    .description('bản tin')
    .command('create <file>')
    .description('tạo bản tin từ tệp văn bản UTF-8; bộ điều khiển đang chạy sẽ sản xuất âm thanh')
    .requiredOption('--to <code...>', 'mã xã hoặc tỉnh nhận bản tin')
    .option('--title <text>', 'tên bản tin; mặc định là tên tệp')
    .option('--class <class>', `loại bản tin: ${BULLETIN_CLASSES.join(', ')}`, 'ordinary')
    .action(async (file: string, options: { to: string[]; title?: string; class: string }) => {
      const script = decodeUtf8(await readFile(file))
      const content = CreateBulletin.parse({
        title: options.title ?? basename(file).replace(/\.[^.]+$/, ''),
        class: options.class,
        script,
        targets: options.to,
      })
      await using local = await openLocal()
      const bulletin = await createBulletin(local, { actor: OPERATOR, content })
      console.log(JSON.stringify({ id: bulletin.id, status: bulletin.status, versionNumber: bulletin.versionNumber }))
    })
}
