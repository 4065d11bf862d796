import type { Command } from 'commander'
import { OPERATOR } from '../accounts/actor.ts'
import * as stationStore from '../areas/stations.store.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import { findFfmpeg } from '../audio/find-ffmpeg.ts'
import { explainWhy } from '../broadcasts/why/why.ts'
import { findNamedCluster } from '../clusters/find-named.ts'
import { getCluster } from '../clusters/get.ts'
import { isoOf } from '../iso.ts'
import { openLocal } from './local.ts'
import { parseMoment } from './moment.ts'

export function addWhyCommand(program: Command): void {
  program
    .command('why')
    .description('vì sao một cụm loa phát, đã phát, sẽ không phát hoặc đã không phát vào một thời điểm')
    .argument('<cluster>', 'mã hoặc tên cụm loa')
    .argument('<time...>', 'thời điểm, ví dụ 2026-11-24T05:30, 05:30 hoặc hôm qua 17:00')
    .option('--json', 'in cả lý do ở dạng máy đọc được')
    .action(async (name: string, time: string[], options: { json?: boolean }) => {
      await using local = await openLocal()
      const id = await findNamedCluster(local, name)
      const { areaCode } = await getCluster(local, { actor: OPERATOR, id })
      const { timeZone } = (await stationStore.findStation(local.db, areaCode)) ?? DEFAULT_STATION
      const at = isoOf(parseMoment(time.join(' '), local.clock.now(), timeZone))
      const { clock, config } = local
      const ffmpeg = await findFfmpeg({ path: config.ffmpegPath }, { clock })
      const why = await explainWhy({ ...local, ffmpeg }, { actor: OPERATOR, id, at })
      console.log(options.json ? JSON.stringify(why) : why.sentence)
    })
}
