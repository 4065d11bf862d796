import { pino } from 'pino'
import { systemClock as clock } from '../../controller/clock.ts'
import { parseConfig } from '../../controller/config.ts'
import { createSpeechChain } from '../../controller/speech/engines/chain.ts'
import type { SpeechChain } from '../../controller/speech/speech.ts'

/** The engines as the settings name them, with a voice folder; what is left out is told to `lines`. */
export function chainOf(engines: string, voiceDir: string, lines: string[] = []): Promise<SpeechChain> {
  const { speech } = parseConfig({ LOA_SPEECH_ENGINES: engines, LOA_SHERPA_VOICE_DIR: voiceDir })
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const budget = (): never => {
    throw new Error('nothing here costs money')
  }
  return createSpeechChain(speech, { clock, log, random: () => 0, budget })
}
