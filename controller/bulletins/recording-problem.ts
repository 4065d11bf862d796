import type { Bulletin } from '#protocol/http/bulletins.ts'
import { languageName } from '#protocol/languages.ts'
import { conflict, type DomainError } from '../errors.ts'

/** What is handed in has recordings that can be used, and what is approved ones that have been checked. */
export function recordingProblem(bulletin: Bulletin, action: 'submit' | 'approve'): DomainError | null {
  for (const fate of ['refused', 'unchecked'] as const) {
    const useless = bulletin.recordings.find(({ state }) => state === fate)
    if (useless) return conflict(`recording.${fate}.${action}`, { language: languageName(useless.language) })
  }
  const checking = bulletin.recordings.find(({ state }) => state === 'checking')
  return action === 'approve' && checking
    ? conflict('recording.checking', { language: languageName(checking.language) })
    : null
}
