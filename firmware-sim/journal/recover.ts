import { z } from 'zod'
import { JournalEntry } from '#protocol/messages.ts'

const Header = z.object({ logId: z.string(), acked: z.int() })
const Entry = z.object({ entry: JournalEntry })
const Ack = z.object({ ack: z.int() })
const Sent = z.object({ logId: z.string(), seq: z.int() })

export interface JournalFile {
  readonly logId: string
  /** Everything up to here is stored by the controller. */
  readonly acked: number
  readonly entries: readonly JournalEntry[]
}

export interface RecoveredJournal extends JournalFile {
  readonly last: number
  readonly sent: number
  /** Another run of numbers begins: the file must be written anew. */
  readonly isNew: boolean
}

/** The records of a journal file. */
export function asFile(file: JournalFile): unknown[] {
  return [{ logId: file.logId, acked: file.acked }, ...file.entries.map((entry) => ({ entry }))]
}

/**
 * What a journal file holds after a power loss. When it lost entries that had been sent already (a disk that lies about
 * durability), their numbers must not be used again: what is left goes on under a new log id, from 1.
 */
export function recoverJournal(
  records: readonly unknown[],
  sentFile: Buffer | null,
  newLogId: string,
): RecoveredJournal {
  const header = Header.safeParse(records[0])
  if (!header.success) return { logId: newLogId, acked: 0, entries: [], last: 0, sent: 0, isNew: true }
  const { logId } = header.data
  let { acked } = header.data
  const entries: JournalEntry[] = []
  for (const record of records.slice(1)) {
    const entry = Entry.safeParse(record)
    if (entry.success) entries.push(entry.data.entry)
    else acked = Math.max(acked, Ack.safeParse(record).data?.ack ?? 0)
  }
  const last = Math.max(acked, entries.at(-1)?.seq ?? 0)
  const sent = sentOf(sentFile, logId)
  if (sent <= last) return { logId, acked, entries, last, sent, isNew: false }
  const kept = entries.filter((entry) => entry.seq > acked).map((entry, i) => ({ ...entry, seq: i + 1 }))
  return { logId: newLogId, acked: 0, entries: kept, last: kept.length, sent: 0, isNew: true }
}

function sentOf(file: Buffer | null, logId: string): number {
  if (!file) return 0
  try {
    const sent = Sent.parse(JSON.parse(file.toString()))
    return sent.logId === logId ? sent.seq : 0
  } catch {
    return 0
  }
}
