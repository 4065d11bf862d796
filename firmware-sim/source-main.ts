import { Command, InvalidArgumentError } from 'commander'
import { createSourceServer } from './source-server.ts'

const program = new Command('loa-source')
  .description('A provincial information source to try the outbox with: POST /reports, GET /reports.')
  .requiredOption('--token <token>', 'bearer token that reports must carry')
  .option('--port <n>', '0 takes a free one', portNumber, 0)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .action(run)

async function run(options: { token: string; port: number; host: string }): Promise<void> {
  await using server = await createSourceServer(options)
  process.stdout.write(`${JSON.stringify({ ready: true, url: server.url })}\n`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('a port number')
  return port
}

await program.parseAsync()
