import type { Command } from 'commander'
import { EnrolCluster } from '#protocol/http/clusters.ts'
import { OPERATOR } from '../accounts/actor.ts'
import { enrolCluster } from '../clusters/enrol.ts'
import { listClusters } from '../clusters/get.ts'
import { openLocal } from './local.ts'

export function addClusterCommands(program: Command): void {
  const clusters = program.command('clusters').description('cụm loa')
  clusters
    .command('list')
    .description('liệt kê cụm loa, mỗi dòng một cụm (JSON)')
    .option('--area <code>', 'chỉ trong xã hoặc tỉnh này')
    .action(async (options: { area?: string }) => {
      await using local = await openLocal()
      let cursor: string | undefined
      do {
        const page = await listClusters(local, { actor: OPERATOR, areaCode: options.area, cursor, limit: 500 })
        for (const { status: _status, ...cluster } of page.items) console.log(JSON.stringify(cluster))
        cursor = page.next ?? undefined
      } while (cursor)
    })
  clusters
    .command('enrol')
    .description('đăng ký cụm loa; in ra tệp nhận dạng có mật khẩu, chỉ hiện một lần')
    .requiredOption('--name <text>', 'tên cụm loa')
    .requiredOption('--area <code>', 'mã xã')
    .action(async (options: { name: string; area: string }) => {
      const cluster = EnrolCluster.parse({ name: options.name, areaCode: options.area })
      await using local = await openLocal()
      const { identity } = await enrolCluster(local, { actor: OPERATOR, cluster })
      console.log(JSON.stringify(identity))
    })
}
