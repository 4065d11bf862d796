import type { JournalEntry } from '#protocol/messages.ts'
import type { Journal } from '../journal/journal.ts'
import type { PlayLedger } from './ledger.ts'

/**
 * After a power loss: what had been claimed and has no end is closed as interrupted, never played again. The journal is
 * asked first, because the power may have gone between the two files.
 */
export async function closeWhatPowerLossCut(journal: Journal, ledger: PlayLedger): Promise<void> {
  const started = new Map<string, number>()
  const ended = new Set<string>()
  for (const entry of journal.recovered) {
    if (!entry.occurrenceId) continue
    if (isEnd(entry)) ended.add(entry.occurrenceId)
    else if (entry.kind === 'started') started.set(entry.occurrenceId, entry.at)
  }
  for (const occurrenceId of ended)
    if (ledger.stateOf(occurrenceId) !== 'closed') await ledger.mark({ id: occurrenceId, startAt: 0 }, 'closed')
  const cut = new Set([...ledger.unclosed.map(({ id }) => id), ...started.keys()])
  for (const id of cut) {
    if (ledger.stateOf(id) === 'closed') continue
    await journal.add({
      kind: 'interrupted',
      occurrenceId: id as NonNullable<JournalEntry['occurrenceId']>,
      reason: 'power-lost',
    })
    await ledger.mark({ id, startAt: started.get(id) ?? 0 }, 'closed')
  }
}

const isEnd = ({ kind }: JournalEntry): boolean =>
  kind === 'finished' || kind === 'interrupted' || kind === 'skipped' || kind === 'refused'
