import type { Language } from '../i18n/language.ts'

const WORDS: Record<Language, { day: string; hour: string; minute: string }> = {
  vi: { day: 'ngày', hour: 'giờ', minute: 'phút' },
  en: { day: 'd', hour: 'h', minute: 'min' },
}

/** `2 ngày 3 giờ`, `3 giờ 20 phút`, and in the last hour `12:05`. */
export function countdown(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  const { day, hour, minute } = WORDS[language]
  if (days > 0) return `${days} ${day} ${hours % 24} ${hour}`
  if (hours > 0) return `${hours} ${hour} ${minutes % 60} ${minute}`
  return `${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
