import { VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { SpeechEngine } from '#protocol/http/speech.ts'
import { engineTitle } from '../../../lib/engine-title.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { reorder } from '../../../lib/reorder.ts'
import styles from './engine-fields.module.css'

interface Props {
  readonly engines: readonly SpeechEngine[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

type Action = 'up' | 'down' | 'leave' | 'use'

/** The station's own order, moved by buttons; the keyboard stays with the engine that has moved, and its place is said. */
export function EngineOrder({ engines, value, onChange }: Props) {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const element = useRef<HTMLDivElement>(null)
  const wanted = useRef<{ name: string; actions: readonly Action[] }>(null)
  // A row that moves is taken out of the document and put back, which loses the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the rows are drawn anew
  useEffect(() => {
    const { name = '', actions = [] } = wanted.current ?? {}
    wanted.current = null
    const buttons = [...(element.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]
    const of = (action: Action) => buttons.find(({ dataset }) => dataset.name === name && dataset.action === action)
    actions.map(of).find(Boolean)?.focus()
  }, [value])

  const change = (next: readonly string[], name: string, actions: readonly Action[]): void => {
    wanted.current = { name, actions }
    const at = next.indexOf(name) + 1
    const about = { name: engineTitle(name), at, total: next.length }
    setSaid(at > 0 ? t('station.engines.placed', about) : t('station.engines.left', about))
    onChange(next)
  }
  const rest = engines.filter(({ name }) => !value.includes(name))
  return (
    <div ref={element}>
      <ol className={styles.list} aria-label={t('station.engines.order')}>
        {value.map((name, index) => (
          <li key={name} className={styles.row}>
            <EngineName name={name} engines={engines} />
            <Act
              name={name}
              action="up"
              label={t('station.engines.up', { name: engineTitle(name) })}
              isDisabled={index === 0}
              onPress={() => change(reorder(value, index, -1), name, ['up', 'down'])}
            />
            <Act
              name={name}
              action="down"
              label={t('station.engines.down', { name: engineTitle(name) })}
              isDisabled={index === value.length - 1}
              onPress={() => change(reorder(value, index, 1), name, ['down', 'up'])}
            />
            <Act
              name={name}
              action="leave"
              label={t('station.engines.leaveName', { name: engineTitle(name) })}
              isDisabled={value.length === 1}
              onPress={() => change(without(value, name), name, ['use'])}
            />
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <ul className={styles.list} aria-label={t('station.engines.rest')}>
          {rest.map(({ name }) => (
            <li key={name} className={styles.row} data-unused>
              <EngineName name={name} engines={engines} />
              <Act
                name={name}
                action="use"
                label={t('station.engines.useName', { name: engineTitle(name) })}
                onPress={() => change([...value, name], name, ['up', 'leave'])}
              />
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
    <span className={styles.name}>
      {engineTitle(name)}
      {!engine && <small className={styles.away}>{t('station.engines.away')}</small>}
      {engine?.isPaid && <small>{t('station.engines.paid')}</small>}
    </span>
  )
}

const GLYPHS = { up: IconArrowUp, down: IconArrowDown, leave: IconX, use: IconPlus }

interface ActProps {
  readonly name: string
  readonly action: Action
  readonly label: string
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

function Act({ name, action, label, isDisabled, onPress }: ActProps) {
  const { t } = useTranslation()
  const Glyph = GLYPHS[action]
  return (
    <button
      type="button"
      className={styles.act}
      data-name={name}
      data-action={action}
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onPress}
    >
      <Glyph size={20} aria-hidden />
      {action === 'use' && t('station.engines.use')}
    </button>
  )
}
