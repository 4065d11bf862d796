import { Fieldset } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import type { SpeechEngine } from '#protocol/http/speech.ts'
import { Choice } from '../../../components/ui/choice.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { engineTitle } from '../../../lib/engine-title.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { enginesQuery } from '../api/list-engines.ts'
import styles from './engine-fields.module.css'
import { EngineName, EngineOrder } from './engine-order.tsx'

interface Props {
  readonly readOnly: boolean
  /** Empty for the order of the installation. */
  readonly value: readonly string[]
  readonly error: ReactNode
  readonly onChange: (value: readonly string[]) => void
}

/** Which speech engines speak for the station, and in which order they are tried. */
export function EngineFields({ readOnly, value, error, onChange }: Props) {
  const { t } = useTranslation()
  const engines = useQuery({ ...enginesQuery, enabled: !readOnly })
  return (
    <Fieldset legend={t('station.engines.title')}>
      {readOnly ? (
        <p className={styles.told}>
          {value.length > 0 ? value.map(engineTitle).join(', ') : t('station.engines.system')}
        </p>
      ) : engines.isPending ? (
        <RowsSkeleton rows={2} height={44} />
      ) : engines.isError ? (
        <LoadError error={engines.error} onRetry={() => engines.refetch()} />
      ) : (
        <Engines engines={engines.data} value={value} onChange={onChange} />
      )}
      {error && (
        <p className={styles.error} role="alert" tabIndex={-1} data-invalid>
          {error}
        </p>
      )}
    </Fieldset>
  )
}

function Engines({ engines, value, onChange }: Pick<Props, 'value' | 'onChange'> & { engines: SpeechEngine[] }) {
  const { t } = useTranslation()
  const [first, ...others] = engines
  /** What comes back to whoever looks at the other choice and returns. */
  const own = useRef<readonly string[]>(engines.map(({ name }) => name))
  if (first && others.length === 0 && value.every((name) => name === first.name)) {
    return <p className={styles.told}>{t('station.engines.only', { name: engineTitle(first.name) })}</p>
  }
  const choose = (which: 'system' | 'own'): void => {
    if (value.length > 0) own.current = value
    onChange(which === 'own' ? own.current : [])
  }
  return (
    <>
      <Choice
        label={t('station.engines.which')}
        value={value.length > 0 ? 'own' : 'system'}
        options={[
          { value: 'system', label: t('station.engines.system') },
          { value: 'own', label: t('station.engines.own') },
        ]}
        onChange={choose}
      />
      {value.length > 0 ? (
        <EngineOrder engines={engines} value={value} onChange={onChange} />
      ) : (
        <ol className={styles.list} aria-label={t('station.engines.order')}>
          {engines.map(({ name }) => (
            <li key={name} className={styles.row}>
              <EngineName name={name} engines={engines} />
            </li>
          ))}
        </ol>
      )}
      <p className={styles.hint}>
        {t('station.engines.hint')} {value.length > 0 && t('station.engines.ownHint')}
      </p>
    </>
  )
}
