import { Command } from 'commander'

type AddCommands = (program: Command) => void

/** Each loads what it needs only when it is asked for: a schedule is previewed in the time that its rules take to load. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommands>>> = {
  speech: async () => (await import('./speech-commands.ts')).addSpeechCommands,
  bulletins: async () => (await import('./bulletins.ts')).addBulletinCommands,
  programmes: async () => (await import('./programmes.ts')).addProgrammeCommands,
  clusters: async () => (await import('./clusters.ts')).addClusterCommands,
  why: async () => (await import('./why.ts')).addWhyCommand,
  users: async () => (await import('./users.ts')).addUserCommands,
  backup: async () => (await import('./backup.ts')).addBackupCommand,
  restore: async () => (await import('./backup.ts')).addRestoreCommand,
  doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
}

async function run(args: readonly string[]): Promise<void> {
  const program = new Command('loa').description('Loa Xã – điều khiển loa truyền thanh xã').showHelpAfterError()
  const [name = ''] = args
  const wanted = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS)
  for (const load of wanted) (await load?.())?.(program)
  await program.parseAsync(args, { from: 'user' })
}

// Whoever reads a part of it and leaves, as `head` does, has what they wanted.
process.stdout.on('error', (err: NodeJS.ErrnoException) => {
  if (err.code !== 'EPIPE') throw err
})

run(process.argv.slice(2)).catch(async (err: unknown) => {
  const { explain } = await import('./explain.ts')
  console.error(explain(err))
  process.exitCode = 1
})
