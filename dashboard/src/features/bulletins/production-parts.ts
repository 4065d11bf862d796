import type { Rendition } from '#protocol/http/bulletins.ts'

export const PRODUCTION_PARTS = ['queued', 'speaking', 'mixing'] as const

export interface ProductionPart {
  readonly name: (typeof PRODUCTION_PARTS)[number]
  readonly state: 'done' | 'current' | 'ahead'
}

/** What is done of a production that has not failed, and what it is at. */
export function productionParts(step: Exclude<Rendition['step'], 'failed'>): ProductionPart[] {
  const current = step === 'ready' ? PRODUCTION_PARTS.length : PRODUCTION_PARTS.indexOf(step)
  return PRODUCTION_PARTS.map((name, index) => ({
    name,
    state: index < current ? 'done' : index === current ? 'current' : 'ahead',
  }))
}

/** Which sentence is being spoken when this share of them has been, counted from 1. */
export const sentenceInWork = (share: number, sentences: number): number =>
  Math.min(sentences, Math.round(share * sentences) + 1)
