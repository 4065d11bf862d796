import type { Command } from 'commander'
import { addDictionaryCommands } from './dictionary.ts'
import { addSayCommand } from './say.ts'
import { addNormaliserCommands } from './speech.ts'
import { addVoicesCommand } from './voices.ts'

export function addSpeechCommands(program: Command): void {
  const speech = program.command('speech').description('văn bản và giọng đọc')
  addNormaliserCommands(speech)
  addSayCommand(speech)
  addVoicesCommand(speech)
  addDictionaryCommands(speech)
}
