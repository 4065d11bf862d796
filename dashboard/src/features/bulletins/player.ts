/** The one sound of a page: plays and jumps, and tells whoever listens at each change and each frame while it sounds. */
export interface Player {
  /** Takes an audio element; what it returns lets go of it. */
  readonly hold: (audio: HTMLAudioElement) => () => void
  readonly subscribe: (listener: () => void) => () => void
  readonly now: () => number
  readonly isPlaying: () => boolean
  readonly isBroken: () => boolean
  readonly speed: () => number
  /** How often a person has jumped to another place. */
  readonly jumps: () => number
  /** Goes on; after an interrupted download tries again where it broke off. */
  readonly play: () => void
  readonly pause: () => void
  /** To a place in milliseconds. */
  readonly seek: (ms: number) => void
  readonly setSpeed: (speed: number) => void
}

const EVENTS = ['pause', 'ended', 'timeupdate', 'seeking', 'ratechange', 'durationchange']

export function createPlayer(): Player {
  const listeners = new Set<() => void>()
  let audio: HTMLAudioElement | null = null
  let isBroken = false
  let speed = 1
  let jumps = 0
  let frame = 0

  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const isPlaying = (): boolean => audio !== null && !audio.paused && !isBroken
  const follow = (): void => {
    cancelAnimationFrame(frame)
    tell()
    if (isPlaying()) frame = requestAnimationFrame(follow)
  }
  const now = (): number => Math.round((audio?.currentTime ?? 0) * 1000)
  const seek = (ms: number): void => {
    if (!audio) return
    audio.currentTime = Math.max(0, ms) / 1000
    jumps += 1
    tell()
  }
  const setSpeed = (rate: number): void => {
    speed = rate
    if (!audio) return
    // Loading a source takes the default.
    audio.defaultPlaybackRate = rate
    audio.playbackRate = rate
  }
  const fail = (): void => {
    isBroken = true
    tell()
  }
  const reload = (): void => {
    const at = now()
    isBroken = false
    audio?.load()
    seek(at)
  }
  const play = (): void => {
    if (isBroken) reload()
    audio?.play().catch((error: unknown) => {
      // Whoever pauses before the sound has come wants no sound.
      if (!(error instanceof DOMException && error.name === 'AbortError')) fail()
    })
  }

  return {
    hold(element) {
      audio = element
      isBroken = false
      setSpeed(speed)
      for (const event of EVENTS) element.addEventListener(event, tell)
      element.addEventListener('play', follow)
      element.addEventListener('error', fail)
      tell()
      return () => {
        for (const event of EVENTS) element.removeEventListener(event, tell)
        element.removeEventListener('play', follow)
        element.removeEventListener('error', fail)
        element.pause()
        audio = null
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    now,
    isPlaying,
    isBroken: () => isBroken,
    speed: () => speed,
    jumps: () => jumps,
    play,
    pause: () => audio?.pause(),
    seek,
    setSpeed,
  }
}
