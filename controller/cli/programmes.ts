import { open } from 'node:fs/promises'
import type { Command } from 'commander'
import { CalendarDate } from '#protocol/calendar.ts'
import { dayOf } from '#protocol/rules/civil-date.ts'
import { systemClock as clock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { messageOf } from '../messages.ts'
import { checkFile, findStrayDays } from '../programmes/file/check.ts'
import { stationJsonSchema } from '../programmes/file/json-schema.ts'
import { type ParsedFile, parseStationFile } from '../programmes/file/parse.ts'
import { previewFile } from '../programmes/file/preview.ts'
import { FileError, type FileProblem } from '../programmes/file/problem.ts'
import { MAX_FILE_BYTES } from '../programmes/file/read-yaml.ts'
import { decodeUtf8 } from './utf8.ts'

/** A preview of more is asked for by mistake, and would be larger than memory. */
const MAX_DAYS = 5 * 366

export function addProgrammeCommands(program: Command): void {
  const programmes = program.command('programmes').description('lịch phát của một đài trong tệp YAML')
  programmes
    .command('validate <file>')
    .description('kiểm tra tệp, không cần cơ sở dữ liệu; in ra một đối tượng JSON')
    .action((path: string) =>
      withFile(path, (file) => {
        const warnings = checkFile(file, clock.now()).map(({ line, column, field, key, values }) => ({
          line,
          column,
          path: field,
          message: messageOf(key, values),
        }))
        console.log(JSON.stringify({ areaCode: file.areaCode, programmes: file.programmes.length, warnings }))
      }),
    )
  programmes
    .command('preview <file>')
    .description('các buổi phát mà tệp cho ra, không cần cơ sở dữ liệu; in ra một mảng JSON, mỗi dòng một buổi')
    .requiredOption('--from <date>', 'ngày đầu, ví dụ 2026-11-23')
    .requiredOption('--to <date>', 'ngày cuối, tính cả ngày này')
    .action((path: string, options: { from: string; to: string }) => {
      const [from, to] = [dateOption('--from', options.from), dateOption('--to', options.to)]
      if (to < from) throw invalid('--to', 'calendar.endsBeforeStart')
      if (dayOf(to) - dayOf(from) > MAX_DAYS) throw invalid('--to', 'file.previewTooLong', { days: MAX_DAYS })
      return withFile(path, (file) => {
        for (const { problem } of findStrayDays(file, clock.now())) console.error(lineOf(path, problem))
        const lines = previewFile(file, from, to).map((session) => JSON.stringify(session))
        console.log(lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`)
      })
    })
  programmes
    .command('apply <file>')
    .description('làm cho lịch phát của đài đúng như tệp; in ra việc đã làm, mỗi dòng một chương trình (JSON)')
    .option('--dry-run', 'chỉ in ra việc sẽ làm')
    .option('--prune', 'kết thúc những chương trình có tên nhưng không còn trong tệp')
    .option('--reopen', 'lập lại những chương trình đã bị kết thúc trên màn hình')
    .action((path: string, options: { dryRun?: true; prune?: true; reopen?: true }) =>
      withFile(path, async (file) => {
        const [{ openLocal }, { OPERATOR: actor }, { applyFile }] = await Promise.all([
          import('./local.ts'),
          import('../accounts/actor.ts'),
          import('../programmes/file/apply.ts'),
        ])
        await using local = await openLocal()
        const wishes = { prune: options.prune === true, reopen: options.reopen === true }
        const input = { actor, file, wishes, isRehearsal: options.dryRun === true }
        await applyFile(local, input, (applied) => console.log(JSON.stringify(applied)))
      }),
    )
  programmes
    .command('export <area>')
    .description('in ra lịch phát của đài thành tệp YAML; áp dụng lại tệp này không thay đổi gì')
    .action(async (areaCode: string) => {
      const [{ openLocal }, { OPERATOR: actor }, { exportFile }] = await Promise.all([
        import('./local.ts'),
        import('../accounts/actor.ts'),
        import('../programmes/file/export.ts'),
      ])
      await using local = await openLocal()
      process.stdout.write(await exportFile(local, { actor, areaCode }))
    })
  programmes
    .command('schema')
    .description('in ra JSON Schema của tệp lịch phát, cho trình soạn thảo')
    .action(() => console.log(JSON.stringify(stationJsonSchema(), null, 2)))
}

function dateOption(field: string, text: string): string {
  const date = CalendarDate.safeParse(text)
  if (!date.success) throw invalid(field, 'format.date')
  return date.data
}

/** What is wrong with a file is said as compilers say it, so that editors lead to the place. */
async function withFile(path: string, work: (file: ParsedFile) => void | Promise<void>): Promise<void> {
  try {
    await work(parseStationFile(await textOf(path)))
  } catch (err) {
    if (!(err instanceof FileError)) throw err
    for (const problem of err.problems) console.error(lineOf(path, problem))
    process.exitCode = 1
  }
}

const lineOf = (path: string, { line, column, field, key, values }: FileProblem): string =>
  [`${path}:${line}:${column}`, field, messageOf(key, values)].filter(Boolean).join(': ')

/** Of a file that is too large, enough to see that it is. */
async function textOf(path: string): Promise<string> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(MAX_FILE_BYTES + 1) })
    return decodeUtf8(buffer.subarray(0, bytesRead), path)
  } finally {
    await handle.close()
  }
}
