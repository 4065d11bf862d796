import { Combobox, Loader, Pill, PillsInput, ScrollArea, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Area } from '#protocol/http/areas.ts'
import { plain } from '../../lib/format/plain.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { followRemoval } from '../ui/follow-removal.ts'
import styles from './area-picker.module.css'
import { areaQuery, areaSearchQuery } from './area-queries.ts'

interface AreaPickerProps {
  readonly label: string
  readonly description?: string
  readonly value: readonly string[]
  readonly onChange: (codes: string[]) => void
  readonly error?: string | undefined
  /** One area only: choosing another replaces it. */
  readonly single?: boolean
  readonly communesOnly?: boolean
  readonly id?: string
}

/** Finds areas by name, with or without diacritics, and keeps the chosen ones as removable labels. */
export function AreaPicker(props: AreaPickerProps) {
  const { label, description, value, onChange, error, single = false, communesOnly = false } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const search = useQuery(areaSearchQuery(q))
  // Answers trail behind typing: what no longer matches must not be one Enter away from being chosen.
  const found = (search.data?.items ?? []).filter(
    (area) =>
      (plain(area.name).includes(plain(typed)) || area.code.startsWith(typed.trim())) &&
      !value.includes(area.code) &&
      (!communesOnly || area.kind === 'commune'),
  )

  const add = (code: string): void => {
    onChange(single ? [code] : [...value, code])
    setTyped('')
    combobox.closeDropdown()
  }
  const remove = (code: string): void => onChange(value.filter((each) => each !== code))

  return (
    <Combobox store={combobox} onOptionSubmit={add}>
      <Combobox.DropdownTarget>
        <PillsInput
          size="md"
          {...(props.id ? { id: props.id } : {})}
          label={label}
          description={description}
          error={error}
          ref={followRemoval}
          onClick={() => combobox.openDropdown()}
          // Its room is kept, so that asking moves nothing.
          rightSection={search.isFetching ? <Loader size="xs" /> : <span />}
        >
          <Pill.Group>
            <ChosenAreas codes={value} onRemove={remove} />
            <Combobox.EventsTarget>
              <PillsInput.Field
                miw={60}
                aria-label={label}
                placeholder={value.length === 0 ? t('areaPicker.placeholder') : ''}
                value={typed}
                onChange={(event) => {
                  setTyped(event.currentTarget.value)
                  combobox.openDropdown()
                  combobox.updateSelectedOptionIndex()
                }}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onKeyDown={(event) => {
                  const last = value.at(-1)
                  if (event.key === 'Backspace' && typed === '' && last) remove(last)
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label}>
          <ScrollArea.Autosize mah={280} type="scroll">
            {found.map((area) => (
              <Combobox.Option key={area.code} value={area.code} className={styles.option}>
                <span>{area.name}</span>
                <small className={styles.hint}>
                  <Within area={area} />
                </small>
              </Combobox.Option>
            ))}
          </ScrollArea.Autosize>
          {found.length === 0 && !search.isFetching && (
            <Combobox.Empty>{search.isError ? t('areaPicker.failed') : t('areaPicker.nothing')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** The same commune name stands in several provinces. */
function Within({ area }: { area: Area }) {
  const { t } = useTranslation()
  const parent = useQuery({ ...areaQuery(area.parentCode ?? ''), enabled: area.parentCode !== null }).data
  return <>{area.kind === 'province' ? t('areaPicker.province') : (parent?.name ?? area.code)}</>
}

function ChosenAreas({ codes, onRemove }: { codes: readonly string[]; onRemove: (code: string) => void }) {
  const { t } = useTranslation()
  const answers = useQueries({ queries: codes.map(areaQuery) })
  return codes.map((code, index) => {
    const name = answers[index]?.data?.name ?? code
    return (
      <Pill
        key={code}
        size="md"
        className={styles.chosen ?? ''}
        withRemoveButton
        attributes={{ remove: { 'data-action': 'remove' } }}
        onRemove={() => onRemove(code)}
        removeButtonProps={{ 'aria-label': t('areaPicker.remove', { name }), 'aria-hidden': false, tabIndex: 0 }}
      >
        {name}
      </Pill>
    )
  })
}
