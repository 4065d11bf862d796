import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { MAX_SCRIPT_CHARS } from '#protocol/http/bulletins.ts'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { type EstimateInput, engineCostsQuery, estimateQuery } from '../api/estimate-speech.ts'
import { patienceMs } from '../preview-state.ts'
import styles from './cost-line.module.css'

/** What producing the script would cost, in one line; nothing at all where voices are free. */
export function CostLine({ script, areaCode, omit }: EstimateInput) {
  const { t } = useTranslation()
  const language = useLanguage()
  const costs = useQuery(engineCostsQuery).data === true
  const wanted = useMemo(() => ({ script, areaCode, omit }), [script, areaCode, omit])
  const [settled] = useDebouncedValue(wanted, patienceMs(script.length))
  const isReadable = settled.script.trim() !== '' && settled.script.length <= MAX_SCRIPT_CHARS
  const { data } = useQuery({
    ...estimateQuery(settled),
    enabled: costs && isReadable,
    placeholderData: keepPreviousData,
  })
  if (!data?.family || !isReadable) return null
  const { characters, remaining } = data
  const isShort = remaining !== null && remaining < characters
  const figures = {
    characters: number(characters, language),
    cached: number(data.cached, language),
    sentences: number(data.sentences, language),
    remaining: number(remaining ?? 0, language),
    family: data.family,
  }
  return (
    <p className={styles.line} data-short={isShort || undefined}>
      {isShort && <IconAlertTriangle size={18} aria-hidden className={styles.icon} />}
      <span role="status">
        {isShort
          ? t('speech.costTooMuch', figures)
          : characters === 0
            ? t('speech.costNothing')
            : t(data.cached === 0 ? 'speech.cost' : 'speech.costPartly', figures)}
      </span>
    </p>
  )
}
