import { Command } from 'commander'
import { airtimeBench } from './airtime.ts'
import { fanoutBench } from './fanout.ts'
import { ingestBench } from './ingest.ts'
import { normaliseBench } from './normalise.ts'
import { planningBench } from './planning.ts'
import { previewBench } from './preview.ts'
import { productionBench } from './production.ts'
import { recurrenceBench } from './recurrence.ts'
import { withdrawalBench } from './withdrawal.ts'
import { yearBench } from './year.ts'

/** Each measures its baseline in the same run, so that figures of different machines can be compared. */
const BENCHES: Readonly<Record<string, (options: { days?: string }) => Promise<unknown>>> = {
  production: () => productionBench(),
  fanout: () => fanoutBench(),
  ingest: () => ingestBench(),
  normalise: () => normaliseBench(),
  withdrawal: () => withdrawalBench(),
  recurrence: () => recurrenceBench(),
  airtime: () => airtimeBench(),
  preview: () => previewBench(),
  planning: () => planningBench(),
}

/** Takes so long that it runs when it is asked for. */
const LONG: typeof BENCHES = { year: ({ days }) => yearBench(days ? { days: Number(days) } : {}) }

const program = new Command('bench')
  .description('the promises, measured')
  .option('--only <name...>', `any of: ${[...Object.keys(BENCHES), ...Object.keys(LONG)].join(', ')}`)
  .option('--days <n>', 'how much of the year')
  .option('--json', 'one JSON object on standard output')
  .action(async (options: { only?: string[]; json?: true; days?: string }) => {
    const names = options.only ?? Object.keys(BENCHES)
    const figures: Record<string, unknown> = {}
    for (const name of names) {
      const bench = BENCHES[name] ?? LONG[name]
      if (!bench) throw new Error(`no bench is called ${name}`)
      figures[name] = await bench(options)
      if (!options.json) console.log(name, figures[name])
    }
    if (options.json) console.log(JSON.stringify(figures))
  })

await program.parseAsync()
