import { Button, NativeSelect, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconInbox, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { BulletinSummary } from '#protocol/http/bulletins.ts'
import type { RundownItem } from '#protocol/http/programmes.ts'
import { approvedBulletinsQuery } from '../../../components/programmes/approved-bulletins.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { reorder } from '../../../lib/reorder.ts'
import { lengthOf } from '../editor-warnings.ts'
import styles from './rundown-fields.module.css'
import { RundownItemWords, useItemName } from './rundown-item.tsx'

interface RundownFieldsProps {
  readonly value: readonly RundownItem[]
  readonly error: ReactNode
  readonly readOnly: boolean
  readonly onChange: (value: readonly RundownItem[]) => void
}

/** What each session is made of, in the order in which it airs; moved by buttons, which go along. */
export function RundownFields({ value, error, readOnly, onChange }: RundownFieldsProps) {
  const { t } = useTranslation()
  const bulletins = useQuery(approvedBulletinsQuery).data ?? []
  const [said, setSaid] = useState('')
  const nameOf = useItemName(bulletins)
  const element = useRef<HTMLDivElement>(null)
  const wanted = useRef<{ at: number; actions: readonly string[] }>(null)
  // The buttons of a place stay where they are when what stands there moves: the keyboard goes with what it moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the rows are drawn anew
  useEffect(() => {
    const { at = -1, actions = [] } = wanted.current ?? {}
    wanted.current = null
    const of = (action: string) =>
      element.current?.querySelector<HTMLButtonElement>(`[data-at="${at}"][data-action="${action}"]:not(:disabled)`)
    actions.map(of).find(Boolean)?.focus()
  }, [value])

  const move = (from: number, by: -1 | 1, actions: readonly string[]) => {
    const item = value[from]
    if (!item) return
    wanted.current = { at: from + by, actions }
    setSaid(t('programme.placedAt', { name: nameOf(item), at: from + by + 1, total: value.length }))
    onChange(reorder(value, from, by))
  }
  const remove = (at: number) => {
    const item = value[at]
    if (!item) return
    wanted.current = { at: Math.min(at, value.length - 2), actions: ['remove'] }
    setSaid(t('programme.removed', { name: nameOf(item) }))
    onChange(value.filter((_, place) => place !== at))
  }
  const msOf = (id: string) => bulletins.find((each) => each.id === id)?.rendition.audio?.ms ?? null
  return (
    <div ref={element} data-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      {value.length === 0 ? (
        <p className={styles.none}>{t('programme.emptyRundown')}</p>
      ) : (
        <ol className={styles.list} aria-label={t('programme.rundown')}>
          {value.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the order is what a row is
            <li key={at} className={styles.row}>
              <RundownItemWords item={item} bulletins={bulletins} />
              {!readOnly && (
                <>
                  <Act
                    at={at}
                    action="up"
                    label={t('programme.up', { name: nameOf(item) })}
                    isDisabled={at === 0}
                    onPress={() => move(at, -1, ['up', 'down'])}
                  />
                  <Act
                    at={at}
                    action="down"
                    label={t('programme.down', { name: nameOf(item) })}
                    isDisabled={at === value.length - 1}
                    onPress={() => move(at, 1, ['down', 'up'])}
                  />
                  <Act
                    at={at}
                    action="remove"
                    label={t('programme.remove', { name: nameOf(item) })}
                    onPress={() => remove(at)}
                  />
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      <p className={styles.total}>{t('programme.total', { length: audioLength(lengthOf(value, msOf)) })}</p>
      {error && <p className={styles.error}>{error}</p>}
      {!readOnly && <Adding bulletins={bulletins} value={value} onChange={onChange} />}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  )
}

interface AddingProps extends Pick<RundownFieldsProps, 'value' | 'onChange'> {
  readonly bulletins: readonly BulletinSummary[]
}

function Adding({ bulletins, value, onChange }: AddingProps) {
  const { t } = useTranslation()
  const hasInbox = value.some(({ kind }) => kind === 'inbox')
  return (
    <div className={styles.adding}>
      <NativeSelect
        className={styles.choose}
        label={t('programme.add')}
        value=""
        onChange={(event) => {
          const chosen = bulletins.find(({ id }) => id === event.currentTarget.value)
          if (chosen) onChange([...value, { kind: 'bulletin', bulletinId: chosen.id }])
        }}
        data={[
          { value: '', label: t('programme.addChoose') },
          ...bulletins.map(({ id, title, rendition: { audio } }) => ({
            value: id,
            label: audio ? `${title} (${audioLength(audio.ms)})` : title,
          })),
        ]}
      />
      {!hasInbox && (
        <Button
          variant="default"
          leftSection={<IconInbox size={20} aria-hidden />}
          onClick={() => onChange([...value, { kind: 'inbox' }])}
        >
          {t('programme.addInbox')}
        </Button>
      )}
    </div>
  )
}

const GLYPHS = { up: IconArrowUp, down: IconArrowDown, remove: IconX }

interface ActProps {
  readonly at: number
  readonly action: keyof typeof GLYPHS
  readonly label: string
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

function Act({ at, action, label, isDisabled, onPress }: ActProps) {
  const Glyph = GLYPHS[action]
  return (
    <button
      type="button"
      className={styles.act}
      data-at={at}
      data-action={action}
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onPress}
    >
      <Glyph size={20} aria-hidden />
    </button>
  )
}
