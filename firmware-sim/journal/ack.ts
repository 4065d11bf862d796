import { JournalAck } from '#protocol/messages.ts'
import type { Journal } from './journal.ts'

/** A message that is not an acknowledgement is dropped: the controller will be asked again. */
export async function receiveAck(journal: Journal, payload: string): Promise<void> {
  const ack = JournalAck.safeParse(parsedJson(payload))
  if (ack.success) await journal.acknowledge(ack.data.logId, ack.data.seq)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
