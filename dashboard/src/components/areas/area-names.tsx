import { useQueries } from '@tanstack/react-query'
import { useTranslation } from '../../lib/i18n/index.ts'
import { areaQuery } from './area-queries.ts'

/** Names of areas by code; the code itself until the name has come. `short` names the first and counts the rest. */
export function AreaNames({ codes, short = false }: { codes: readonly string[]; short?: boolean }) {
  const { t } = useTranslation()
  const shown = short ? codes.slice(0, 1) : codes
  const answers = useQueries({ queries: shown.map(areaQuery) })
  const names = shown.map((code, index) => answers[index]?.data?.name ?? code)
  const [first = ''] = names
  if (short && codes.length > 1) return <>{t('common.and', { first, n: codes.length - 1 })}</>
  return <>{names.join(', ')}</>
}
