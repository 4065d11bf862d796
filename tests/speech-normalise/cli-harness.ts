import { Command } from 'commander'
import { addNormaliserCommands } from '../../controller/cli/speech.ts'

const speech = new Command('speech')
addNormaliserCommands(speech)
await speech.parseAsync(process.argv.slice(2), { from: 'user' })
