import type { Bulletin } from '#protocol/http/bulletins.ts'
import { languageName } from '#protocol/languages.ts'
import { conflict, type DomainError } from '../errors.ts'

/**
 * What is handed in has recordings that can be used, and what is approved ones that have been checked. What was refused
 * does not take the place of another, and so hinders nobody.
 */
export function recordingProblem(bulletin: Bulletin, action: 'submit' | 'approve'): DomainError | null {
  const sounds = bulletin.recordings.flatMap(({ language, state, replacement }) => [
    { language, state },
    ...(replacement && replacement.state !== 'refused' ? [{ language, state: replacement.state }] : []),
  ])
  for (const fate of ['refused', 'unchecked'] as const) {
    const useless = sounds.find(({ state }) => state === fate)
    if (useless) return conflict(`recording.${fate}.${action}`, { language: languageName(useless.language) })
  }
  const checking = sounds.find(({ state }) => state === 'checking')
  return action === 'approve' && checking
    ? conflict('recording.checking', { language: languageName(checking.language) })
    : null
}
