import { ApiError } from './api.ts'
import { useLanguage, useTranslation } from './i18n/index.ts'

/** What to tell the person: the server's own Vietnamese sentence, or ours where it said nothing or they read English. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return (error) => {
    if (!(error instanceof ApiError)) return t('error.internal')
    return error.message !== '' && language === 'vi' ? error.message : t(`error.${error.code}`)
  }
}
