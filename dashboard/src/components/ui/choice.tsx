import type { FocusEvent } from 'react'
import styles from './choice.module.css'

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

/** A row of toggles, one of which holds; large enough for a thumb. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          onFocus={showWhole}
          type="button"
          className={styles.option}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}

/** Browsers leave what is half out of a row that scrolls where it is; a pointer must not find something else beneath it. */
function showWhole({ currentTarget: option }: FocusEvent<HTMLElement>): void {
  if (option.matches(':focus-visible')) option.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}
