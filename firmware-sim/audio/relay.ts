import type { RelayItem } from '#protocol/messages.ts'

/** A stream that somebody else sends, while it is open. */
export type RelayStream =
  | {
      /** Keeps time only: nobody can say how it sounded. */
      readonly kind: 'timed'
      close(): Promise<void>
    }
  | {
      readonly kind: 'sampled'
      /** The next samples that have come, at most `frames`: fewer when the stream is late, none when it is lost. */
      take(frames: number): Promise<Int16Array>
      close(): Promise<void>
    }

/** Asks for a stream at once; what goes wrong with it shows in that nothing comes. */
export type OpenRelay = (item: RelayItem) => RelayStream

/** For fleets too big to decode for. */
export const silentRelay: OpenRelay = () => ({ kind: 'timed', close: async () => {} })
