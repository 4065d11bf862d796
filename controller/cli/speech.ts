import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { normalise } from '../speech/normalise/normalise.ts'
import { type GroupScore, parseScoreSheet, score } from '../speech/normalise/score.ts'
import type { NormaliseOptions } from '../speech/normalise/types.ts'

interface NormalizeFlags {
  json?: boolean
  region?: 'north' | 'south'
}

/** Adds `loa speech normalize` and `loa speech score`. */
export function addNormaliserCommands(speech: Command): void {
  const region = () => new Option('--region <region>', 'regional number words').choices(['north', 'south'])

  speech
    .command('normalize')
    .description('read lines on stdin, write as many lines of spoken text')
    .option('--json', 'write the trace too: one JSON object per line')
    .addOption(region())
    .action(async (flags: NormalizeFlags) => {
      for await (const line of linesOf(process.stdin)) {
        const result = normalise(line, toOptions(flags))
        process.stdout.write(`${flags.json ? JSON.stringify({ source: line, ...result }) : result.spoken}\n`)
      }
    })

  speech
    .command('score')
    .description('measure the normaliser on FILE.tsv: input, accepted readings, group')
    .argument('<file>', 'tab-separated sheet')
    .addOption(region())
    .action((file: string, flags: NormalizeFlags) => {
      const result = score(parseScoreSheet(readFileSync(file, 'utf8')), toOptions(flags))
      for (const group of [...result.groups, result.total]) process.stdout.write(`${scoreLine(group)}\n`)
      for (const miss of result.misses) {
        process.stdout.write(
          `\n${miss.group}: ${miss.input}\n  want ${miss.accepted.join(' | ')}\n  got  ${miss.got}\n`,
        )
      }
    })
}

/** Lines as `wc -l` counts them; node's readline would also break at U+2028, which scripts pasted from the web hold. */
async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of input.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest) yield rest
}

const toOptions = (flags: NormalizeFlags): NormaliseOptions => (flags.region ? { region: flags.region } : {})

function scoreLine({ group, total, exact, lenient }: GroupScore): string {
  const percent = (count: number) => `${((100 * count) / Math.max(total, 1)).toFixed(1)} %`.padStart(8)
  return `${group.padEnd(16)} ${String(total).padStart(5)} cases   exact ${percent(exact)}   lenient ${percent(lenient)}`
}
