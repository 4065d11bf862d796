import type { ChimeItem, ChimeKind, RundownItem } from '#protocol/http/programmes.ts'
import type { UploadId } from '#protocol/ids.ts'
import type { SpeechCuts, StoredSound } from '../../audio/frames.store.ts'
import { type AiredBulletin, AiredChime } from './airing-item.ts'

/** What sessions begin and end with, as far as it is there, and the bulletins between them. */
export interface FrameSounds {
  readonly builtIn: ReadonlyMap<ChimeKind, StoredSound>
  /** Of the station's library. */
  readonly own: ReadonlyMap<UploadId, StoredSound & { readonly title: string }>
  readonly cuts: SpeechCuts
}

export const NO_FRAMES: FrameSounds = { builtIn: new Map(), own: new Map(), cuts: new Map() }

/** A file that some session has to do without until it is made. */
export type Unmade =
  | { readonly kind: 'cut-speech'; readonly sha256: string }
  | { readonly kind: 'make-chime'; readonly chime: ChimeKind }

export const isChime = (item: RundownItem): item is ChimeItem => item.kind === 'chime' || item.kind === 'closing'

/** A chime that is not there any more is ours instead, as for bulletins; null while that has still to be made. */
export function chimeOf({ kind, sound }: ChimeItem, { builtIn, own }: FrameSounds): AiredChime | null {
  const brought = sound === 'built-in' ? undefined : own.get(sound)
  if (brought) return AiredChime.parse({ kind, ...brought })
  const ours = builtIn.get(kind)
  return ours ? AiredChime.parse({ kind, title: null, ...ours }) : null
}

/** A bulletin as it sounds between the chimes of a session: without its own, as soon as they are taken off. */
export function withoutChimes<T extends AiredBulletin>(item: T, { cuts }: FrameSounds): T {
  const cut = cuts.get(item.sha256)
  return cut ? { ...item, ...cut } : item
}

/** What a session that is to have these chimes lacks. */
export function unmadeOf(
  chimes: readonly ChimeItem[],
  bulletins: readonly AiredBulletin[],
  frames: FrameSounds,
): Unmade[] {
  const lacking = chimes.filter((item) => chimeOf(item, frames) === null).map(({ kind }) => kind)
  const uncut = bulletins.map(({ sha256 }) => sha256).filter((sha256) => !frames.cuts.has(sha256))
  return [
    ...lacking.map((chime) => ({ kind: 'make-chime' as const, chime })),
    ...[...new Set(uncut)].map((sha256) => ({ kind: 'cut-speech' as const, sha256 })),
  ]
}
