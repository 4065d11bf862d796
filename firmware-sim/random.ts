/** Seeded randomness: the same seed gives the same fleet. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** Uniform in `ms` ± `fraction`. */
  around(ms: number, fraction: number): number
  /** Lower-case base-36 text of this length. */
  text(length: number): string
  /** A stream of its own, e.g. one per cluster. */
  fork(name: string): Random
}

/** mulberry32: small, fast, good enough for jitter. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    around: (ms, fraction) => ms * (1 + fraction * (2 * next() - 1)),
    text: (length) => Array.from({ length }, () => Math.floor(next() * 36).toString(36)).join(''),
    fork: (name) => seededRandom(seed ^ hashOf(name)),
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
