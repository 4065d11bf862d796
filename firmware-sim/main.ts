import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { ClusterIdentity, Codec } from '#protocol/messages.ts'
import { systemClock } from './clock.ts'
import { createFleet } from './fleet.ts'

const program = new Command('loa-sim')
  .description('Simulated loudspeaker clusters: one process, any number, each with the identity it was enrolled with.')
  .requiredOption('--identities <file>', 'JSON array of cluster identities, as the enrolment gives them')
  .requiredOption('--state <dir>', 'where each cluster keeps its flash memory')
  .option('--wav <dir>', 'write what each cluster sounded as WAV')
  .option('--seed <n>', 'same seed, same fleet', wholeNumber, 1)
  .option('--codecs <list>', 'what the clusters say that they can play, e.g. mp3,opus', codecList)
  .option('--no-decode', 'keep time without decoding (fleets of hundreds)')
  .action(run)

interface Options {
  identities: string
  state: string
  wav?: string
  seed: number
  decode: boolean
  codecs?: Codec[]
}

const GIVE_UP_MS = 10_000

async function run(options: Options): Promise<void> {
  const identities = z.array(ClusterIdentity).parse(JSON.parse(await readFile(options.identities, 'utf8')))
  const startedAt = systemClock.now()
  const fleet = await createFleet({
    identities,
    stateDir: options.state,
    wavDir: options.wav ?? null,
    seed: options.seed,
    decode: options.decode,
    ...(options.codecs ? { codecs: options.codecs } : {}),
    onCrash: (clusterId, error) => console.error(`${clusterId} broke and restarts:`, error),
  })
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
  await fleet.start()
  fleet.connected().then(() => {
    console.log(JSON.stringify({ ready: true, clusters: identities.length, startMs: systemClock.now() - startedAt }))
  })
  await asked
  const ended = new AbortController()
  systemClock.sleep(GIVE_UP_MS, ended.signal).then(
    () => process.exit(1),
    () => {},
  )
  await fleet[Symbol.asyncDispose]()
  ended.abort()
}

function codecList(text: string): Codec[] {
  const codecs = z.array(Codec).safeParse(text.split(','))
  if (!codecs.success) throw new InvalidArgumentError(`of ${Codec.options.join(', ')}`)
  return codecs.data
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number')
  return Number(text)
}

await program.parseAsync()
