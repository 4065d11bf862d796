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

/** What is sent to a family of voices, and may still be. */
interface Bill {
  readonly family: string
  readonly characters: number
  readonly remaining: number | null
}

/** What producing the script would cost, in one line; nothing at all where voices are free. */
export function CostLine({ script, areaCode, omit }: EstimateInput) {
  const { t } = useTranslation()
  const language = useLanguage()
  const costs = useQuery(engineCostsQuery(areaCode)).data === true
  const wanted = useMemo(() => ({ script, areaCode, omit }), [script, areaCode, omit])
  const [settled] = useDebouncedValue(wanted, patienceMs(script.length))
  const isReadable = settled.script.trim() !== '' && settled.script.length <= MAX_SCRIPT_CHARS
  const { data } = useQuery({
    ...estimateQuery(settled),
    enabled: costs && isReadable,
    placeholderData: keepPreviousData,
  })
  if (!costs || !data?.family || !isReadable) return null
  const { second } = data
  const lead = { ...data, family: data.family, characters: data.characters - (second?.characters ?? 0) }
  const short = [lead, second].find((bill) => bill && bill.remaining !== null && bill.remaining < bill.characters)
  const figuresOf = (bill: Bill) => ({
    characters: number(bill.characters, language),
    remaining: number(bill.remaining ?? 0, language),
    family: bill.family,
    cached: number(data.cached, language),
    sentences: number(data.sentences, language),
  })
  return (
    <p className={styles.line} data-short={short ? true : undefined}>
      {short && <IconAlertTriangle size={18} aria-hidden className={styles.icon} />}
      <span role="status">
        {short
          ? t('speech.costTooMuch', figuresOf(short))
          : data.characters === 0
            ? t('speech.costNothing')
            : t(data.cached === 0 ? 'speech.cost' : 'speech.costPartly', figuresOf(lead))}
        {second && !short && ` ${t('speech.costSecond', figuresOf(second))}`}
      </span>
    </p>
  )
}
