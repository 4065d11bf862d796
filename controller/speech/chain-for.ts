import { engineName, engineNames } from './engine-name.ts'
import type { SkippedEngine } from './speak-script.ts'
import type { SpeechChain } from './speech.ts'

/**
 * The engines that a station has named, in its order, and no others: they may cost money that it does not want to spend.
 * Those that are not here are left out; when none is left, or none was named, it is the order of the installation.
 */
export function chainFor(chain: SpeechChain, names: readonly string[]): SpeechChain {
  const [first, ...others] = names.flatMap((name) => chain.filter(({ engine }) => engineName(engine) === name))
  return first ? [first, ...others] : chain
}

/** Named engines that should have spoken before `speaker`, had they been here. */
export function absentBefore(chain: SpeechChain, names: readonly string[], speaker: string): SkippedEngine[] {
  const here = engineNames(chain)
  const at = names.indexOf(engineName(speaker))
  const before = at === -1 ? names : names.slice(0, at)
  return before.filter((name) => !here.includes(name)).map((engine) => ({ engine, reason: 'missing' }))
}
