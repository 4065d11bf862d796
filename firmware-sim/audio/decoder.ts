import type { PlanItem } from '#protocol/messages.ts'

/** Every decoder gives mono samples of 16 bits at this rate. */
export const SAMPLE_RATE = 24_000

/** One file being decoded; many clusters may read the same one. */
export type Sound =
  | {
      /** Keeps time only: nobody can say how it sounded. */
      readonly kind: 'timed'
      close(): Promise<void>
    }
  | {
      readonly kind: 'sampled'
      /** Samples from frame `from`, waiting until they are decoded; fewer at the end. Rejects when decoding failed. */
      read(from: number, frames: number): Promise<Int16Array>
      close(): Promise<void>
    }

export interface Decoder {
  /** Resolves when the first samples can sound; rejects when the file cannot be decoded. */
  open(file: string, item: PlanItem): Promise<Sound>
}

/** For fleets too big to decode for. */
export const silentDecoder: Decoder = {
  open: async () => ({ kind: 'timed', close: async () => {} }),
}
