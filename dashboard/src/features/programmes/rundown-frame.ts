import { CHIME_KINDS, type ChimeItem, type ChimeKind, type RundownItem } from '#protocol/http/programmes.ts'

/** What lies between the chimes. */
export type InnerItem = Exclude<RundownItem, ChimeItem>

export interface FramedRundown extends Readonly<Record<ChimeKind, ChimeItem['sound'] | null>> {
  readonly inner: readonly InnerItem[]
}

export const isChime = (item: RundownItem): item is ChimeItem => CHIME_KINDS.some((kind) => kind === item.kind)

/** A rundown taken apart into its chimes, which have fixed places, and what people put in order. */
export function framed(rundown: readonly RundownItem[]): FramedRundown {
  const soundOf = (wanted: ChimeKind) => rundown.filter(isChime).find(({ kind }) => kind === wanted)?.sound ?? null
  return {
    chime: soundOf('chime'),
    inner: rundown.filter((item): item is InnerItem => !isChime(item)),
    closing: soundOf('closing'),
  }
}

/** The rundown of these parts: a chime stands first, a closing last. */
export function rundownOf({ chime, inner, closing }: FramedRundown): RundownItem[] {
  return [
    ...(chime === null ? [] : [{ kind: 'chime' as const, sound: chime }]),
    ...inner,
    ...(closing === null ? [] : [{ kind: 'closing' as const, sound: closing }]),
  ]
}
