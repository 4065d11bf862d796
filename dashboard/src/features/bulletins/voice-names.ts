const OWN_VOICES = ['vi-north', 'vi-central', 'vi-south'] as const

interface OwnVoice {
  readonly own: (typeof OWN_VOICES)[number] | null
  readonly variant: string | null
}

/** One of the voices that a station chooses from, for engines that call them so too, such as `vi-north+Annie`. */
export function ownVoice(name: string): OwnVoice {
  const [base, variant] = name.split('+')
  const own = OWN_VOICES.find((voice) => voice === base) ?? null
  return { own, variant: own && (variant ?? null) }
}
