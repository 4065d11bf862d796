import type { Language } from '../i18n/language.ts'

const LOCALE: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' }

/** `1.234,5` in Vietnamese. */
export const number = (value: number, language: Language, digits = 0): string =>
  value.toLocaleString(LOCALE[language], { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** `42 %`, kept on one line; never says 100 before it is. */
export const percent = (share: number): string => `${Math.min(share < 1 ? 99 : 100, Math.round(share * 100))}\u00a0%`

/** `3:50`, `1:02:05`: how long audio lasts. */
export function audioLength(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const pad = (value: number): string => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** How far a start was from its plan: `+85 ms`, `−12 ms`, `+4,2 s`. */
export function startError(ms: number, language: Language): string {
  const sign = ms < 0 ? '−' : '+'
  const size = Math.round(Math.abs(ms))
  return size < 1000 ? `${sign}${size} ms` : `${sign}${number(size / 1000, language, 1)} s`
}

/** `1,3 MB`, or `84 KB` below that. */
export function fileSize(bytes: number, language: Language): string {
  const kilobytes = Math.ceil(bytes / 1000)
  return kilobytes < 1000 ? `${number(kilobytes, language)} KB` : `${number(bytes / 1_000_000, language, 1)} MB`
}
