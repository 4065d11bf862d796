import { Command } from 'commander'
import { ZodError } from 'zod'
import { ConfigError } from '../config.ts'
import { DomainError } from '../errors.ts'
import { messageOf } from '../messages.ts'
import { SpeechError } from '../speech/speech.ts'
import { addBackupCommands } from './backup.ts'
import { addBulletinCommands } from './bulletins.ts'
import { addClusterCommands } from './clusters.ts'
import { addDictionaryCommands } from './dictionary.ts'
import { addDoctorCommand } from './doctor.ts'
import { addSayCommand } from './say.ts'
import { addNormaliserCommands } from './speech.ts'
import { addUserCommands } from './users.ts'
import { addVoicesCommand } from './voices.ts'

const program = new Command('loa').description('Loa Xã – điều khiển loa truyền thanh xã').showHelpAfterError()
const speech = program.command('speech').description('văn bản và giọng đọc')
addNormaliserCommands(speech)
addSayCommand(speech)
addVoicesCommand(speech)
addDictionaryCommands(speech)
addBulletinCommands(program)
addClusterCommands(program)
addUserCommands(program)
addBackupCommands(program)
addDoctorCommand(program)

/** What a person at the terminal can do something about is said in a line; anything else shows where it broke. */
function explain(err: unknown): string {
  if (err instanceof DomainError) {
    return err.problems
      .map(({ field, key, values }) => [field, messageOf(key, values)].filter(Boolean).join(': '))
      .join('\n')
  }
  if (err instanceof ConfigError || err instanceof SpeechError) return err.message
  if (err instanceof ZodError) return err.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')
  if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return err.message
  return err instanceof Error ? (err.stack ?? err.message) : String(err)
}

program.parseAsync().catch((err: unknown) => {
  console.error(explain(err))
  process.exitCode = 1
})
