import { VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { RundownItem } from '#protocol/http/programmes.ts'
import { approvedBulletinsQuery } from '../../../components/programmes/approved-bulletins.ts'
import list from '../../../components/ui/order-list.module.css'
import { OrderButton, useOrderFocus } from '../../../components/ui/order-list.tsx'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { reorder } from '../../../lib/reorder.ts'
import { useCan } from '../../../lib/session.ts'
import { lengthOf } from '../editor-warnings.ts'
import { framed, type InnerItem, rundownOf } from '../rundown-frame.ts'
import { ChimeField } from './chime-field.tsx'
import { RundownAdding } from './rundown-adding.tsx'
import styles from './rundown-fields.module.css'
import { RundownItemWords, useItemName } from './rundown-item.tsx'

interface RundownFieldsProps {
  /** Whose chimes can be chosen. */
  readonly areaCode: string
  readonly value: readonly RundownItem[]
  readonly error: ReactNode
  readonly readOnly: boolean
  readonly onChange: (value: readonly RundownItem[]) => void
}

/** What each session is made of, in the order in which it airs; moved by buttons, which go along. */
export function RundownFields({ areaCode, value, error, readOnly, onChange }: RundownFieldsProps) {
  const { t } = useTranslation()
  const bulletins = useQuery({ ...approvedBulletinsQuery, enabled: useCan()('bulletins.read') }).data ?? []
  const [said, setSaid] = useState('')
  const nameOf = useItemName(bulletins)
  const { element, keep } = useOrderFocus(value)

  const frame = framed(value)
  const { inner } = frame
  const changeInner = (changed: readonly InnerItem[]) => onChange(rundownOf({ ...frame, inner: changed }))
  const move = (from: number, by: -1 | 1, actions: Parameters<typeof keep>[1]) => {
    const item = inner[from]
    if (!item) return
    keep(from + by, actions)
    setSaid(t('programme.placedAt', { name: nameOf(item), at: from + by + 1, total: inner.length }))
    changeInner(reorder(inner, from, by))
  }
  const remove = (at: number) => {
    const item = inner[at]
    if (!item) return
    keep(Math.min(at, inner.length - 2), ['remove'])
    setSaid(t('programme.removed', { name: nameOf(item) }))
    changeInner(inner.filter((_, place) => place !== at))
  }
  const replace = (at: number, item: InnerItem) => changeInner(inner.map((each, place) => (place === at ? item : each)))
  const msOf = (id: string) => bulletins.find((each) => each.id === id)?.rendition.audio?.ms ?? null
  return (
    <div ref={element} data-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      <ChimeField
        kind="chime"
        areaCode={areaCode}
        value={frame.chime}
        readOnly={readOnly}
        onChange={(chime) => onChange(rundownOf({ ...frame, chime }))}
      />
      {inner.length === 0 ? (
        <p className={styles.none}>{t('programme.emptyRundown')}</p>
      ) : (
        <ol className={list.list} aria-label={t('programme.rundown')}>
          {inner.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the order is what a row is
            <li key={at} className={list.row}>
              <RundownItemWords
                item={item}
                bulletins={bulletins}
                readOnly={readOnly}
                onChange={(changed) => replace(at, changed)}
              />
              {!readOnly && (
                <>
                  <OrderButton
                    item={at}
                    action="up"
                    label={t('programme.up', { name: nameOf(item) })}
                    isDisabled={at === 0}
                    onPress={() => move(at, -1, ['up', 'down'])}
                  />
                  <OrderButton
                    item={at}
                    action="down"
                    label={t('programme.down', { name: nameOf(item) })}
                    isDisabled={at === inner.length - 1}
                    onPress={() => move(at, 1, ['down', 'up'])}
                  />
                  <OrderButton
                    item={at}
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
      {!readOnly && <RundownAdding bulletins={bulletins} value={inner} onChange={changeInner} />}
      <ChimeField
        kind="closing"
        areaCode={areaCode}
        value={frame.closing}
        readOnly={readOnly}
        onChange={(closing) => onChange(rundownOf({ ...frame, closing }))}
      />
      <p className={styles.total}>{t('programme.total', { length: audioLength(lengthOf(value, msOf)) })}</p>
      {error && <p className={styles.error}>{error}</p>}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  )
}
