import type { Command } from 'commander'
import { PutPronunciation } from '#protocol/http/speech.ts'
import { OPERATOR as actor } from '../accounts/actor.ts'
import { listPronunciations } from '../speech/list-pronunciations.ts'
import { removePronunciation } from '../speech/remove-pronunciation.ts'
import { setPronunciation } from '../speech/set-pronunciation.ts'
import { openLocal } from './local.ts'

export function addDictionaryCommands(speech: Command): void {
  const dictionary = speech.command('dictionary').description('từ điển phát âm của một xã hoặc tỉnh')
  dictionary
    .command('list <area>')
    .description('liệt kê từ điển, mỗi dòng một mục (JSON)')
    .action(async (areaCode: string) => {
      await using local = await openLocal()
      for (const entry of await listPronunciations(local, { actor, areaCode })) console.log(JSON.stringify(entry))
    })
  dictionary
    .command('add <area> <written> <spoken>')
    .description('thêm hoặc sửa cách đọc của một từ')
    .action(async (areaCode: string, written: string, spoken: string) => {
      const entry = PutPronunciation.parse({ written, spoken })
      await using local = await openLocal()
      console.log(JSON.stringify(await setPronunciation(local, { actor, areaCode, entry })))
    })
  dictionary
    .command('remove <area> <written>')
    .description('xóa một từ khỏi từ điển')
    .action(async (areaCode: string, written: string) => {
      await using local = await openLocal()
      await removePronunciation(local, { actor, areaCode, written })
    })
}
