import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { isLanguage, type Language } from './language.ts'
import { type Catalogue, vi } from './vi.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Catalogue }
    returnNull: false
  }
}

const STORED = 'loa-xa.language'

/** Vietnamese ships with the first load; other catalogues come when somebody asks for them. */
const LOAD: Record<Exclude<Language, 'vi'>, () => Promise<Catalogue>> = {
  en: async () => (await import('./en.ts')).en,
}

export async function startI18n(): Promise<void> {
  const stored = localStorage.getItem(STORED)
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    resources: { vi: { translation: vi } },
    interpolation: { escapeValue: false },
  })
  // A catalogue that does not come leaves a page in Vietnamese, not an empty one.
  if (isLanguage(stored) && stored !== 'vi') await switchLanguage(stored).catch(() => undefined)
}

export async function switchLanguage(language: Language): Promise<void> {
  if (language !== 'vi') i18next.addResourceBundle(language, 'translation', await LOAD[language]())
  await i18next.changeLanguage(language)
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'vi'
}

export { useTranslation }
