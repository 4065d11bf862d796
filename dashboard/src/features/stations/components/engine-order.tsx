import { VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { SpeechEngine } from '#protocol/http/speech.ts'
import list from '../../../components/ui/order-list.module.css'
import { OrderButton, useOrderFocus } from '../../../components/ui/order-list.tsx'
import { engineTitle } from '../../../lib/engine-title.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { reorder } from '../../../lib/reorder.ts'

interface Props {
  readonly engines: readonly SpeechEngine[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

/** The station's own order, moved by buttons; the keyboard stays with the engine that has moved, and its place is said. */
export function EngineOrder({ engines, value, onChange }: Props) {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const { element, keep } = useOrderFocus(value)

  const change = (next: readonly string[], name: string, actions: Parameters<typeof keep>[1]): void => {
    keep(name, actions)
    const at = next.indexOf(name) + 1
    const about = { name: engineTitle(name), at, total: next.length }
    setSaid(at > 0 ? t('station.engines.placed', about) : t('station.engines.left', about))
    onChange(next)
  }
  const rest = engines.filter(({ name }) => !value.includes(name))
  return (
    <div ref={element}>
      <ol className={list.list} aria-label={t('station.engines.order')}>
        {value.map((name, index) => (
          <li key={name} className={list.row}>
            <EngineName name={name} engines={engines} />
            <OrderButton
              item={name}
              action="up"
              label={t('station.engines.up', { name: engineTitle(name) })}
              isDisabled={index === 0}
              onPress={() => change(reorder(value, index, -1), name, ['up', 'down'])}
            />
            <OrderButton
              item={name}
              action="down"
              label={t('station.engines.down', { name: engineTitle(name) })}
              isDisabled={index === value.length - 1}
              onPress={() => change(reorder(value, index, 1), name, ['down', 'up'])}
            />
            <OrderButton
              item={name}
              action="remove"
              label={t('station.engines.leaveName', { name: engineTitle(name) })}
              isDisabled={value.length === 1}
              onPress={() => change(without(value, name), name, ['add'])}
            />
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <ul className={list.list} aria-label={t('station.engines.rest')}>
          {rest.map(({ name }) => (
            <li key={name} className={list.row} data-unused>
              <EngineName name={name} engines={engines} />
              <OrderButton
                item={name}
                action="add"
                label={t('station.engines.useName', { name: engineTitle(name) })}
                onPress={() => change([...value, name], name, ['up', 'remove'])}
              >
                {t('station.engines.use')}
              </OrderButton>
            </li>
          ))}
        </ul>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  )
}

const without = (names: readonly string[], name: string): string[] => names.filter((each) => each !== name)

/** What an engine is called, what it costs, and whether it is there at all. */
export function EngineName({ name, engines }: Pick<Props, 'engines'> & { name: string }) {
  const { t } = useTranslation()
  const engine = engines.find((each) => each.name === name)
  return (
    <span className={list.name}>
      {engineTitle(name)}
      {!engine && <small className={list.warning}>{t('station.engines.away')}</small>}
      {engine?.isPaid && <small>{t('station.engines.paid')}</small>}
    </span>
  )
}
