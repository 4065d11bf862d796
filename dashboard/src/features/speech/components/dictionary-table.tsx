import { VisuallyHidden } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Pronunciation } from '#protocol/http/speech.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyFailed } from '../../../lib/notify.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { useDictionary } from '../use-dictionary.ts'
import styles from './dictionary-table.module.css'
import { EntryForm } from './entry-form.tsx'

interface DictionaryTableProps {
  readonly areaCode: string
  readonly items: readonly Pronunciation[]
  readonly mayChange: boolean
}

export function DictionaryTable({ areaCode, items, mayChange }: DictionaryTableProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const [edited, setEdited] = useState<string | null>(null)
  const { remove } = useDictionary(areaCode)
  const table = useRef<HTMLTableElement>(null)
  const close = (written: string): void => {
    setEdited(null)
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-edits="${CSS.escape(written)}"]`)?.focus(),
    )
  }
  const drop = (entry: Pronunciation): void =>
    remove.mutate(entry, {
      onError: (error) => notifyFailed(t('dictionary.removeFailed', { written: entry.written }), textOf(error)),
    })
  return (
    <table ref={table} className={styles.table}>
      <caption>
        <VisuallyHidden>{t('dictionary.caption')}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('dictionary.written')}</th>
          <th scope="col">{t('dictionary.spoken')}</th>
          <th scope="col">{t('dictionary.changed')}</th>
          {mayChange && (
            <th scope="col">
              <VisuallyHidden>{t('dictionary.actions')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((entry) =>
          edited === entry.written ? (
            <tr key={entry.written} className={styles.edited}>
              <td colSpan={4}>
                <EntryForm areaCode={areaCode} entry={entry} onDone={() => close(entry.written)} />
              </td>
            </tr>
          ) : (
            <tr key={entry.written}>
              <th scope="row">{entry.written}</th>
              <td>{entry.spoken}</td>
              <td className={styles.dim}>
                {t('bulletin.by', { name: entry.updatedByName, time: dateTime(entry.updatedAt) })}
              </td>
              {mayChange && (
                <td className={styles.actions}>
                  <button
                    type="button"
                    data-edits={entry.written}
                    aria-label={t('dictionary.edit', { written: entry.written })}
                    onClick={() => setEdited(entry.written)}
                  >
                    <IconPencil size={20} aria-hidden />
                  </button>
                  <button
                    type="button"
                    data-action="remove"
                    aria-label={t('dictionary.remove', { written: entry.written })}
                    disabled={remove.isPending}
                    onClick={() => drop(entry)}
                  >
                    <IconTrash size={20} aria-hidden />
                  </button>
                </td>
              )}
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}
