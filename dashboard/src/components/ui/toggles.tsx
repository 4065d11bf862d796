import type { ReactNode } from 'react'
import styles from './choice.module.css'

interface TogglesProps<T extends string | number> {
  readonly label: string
  readonly value: readonly T[]
  readonly options: readonly { readonly value: T; readonly label: string; readonly title?: string }[]
  readonly error?: ReactNode
  readonly disabled?: boolean
  readonly onChange: (value: T[]) => void
}

/** A row of toggles of which any number hold; large enough for a thumb. */
export function Toggles<T extends string | number>(props: TogglesProps<T>) {
  const { label, value, options, error, disabled = false, onChange } = props
  const toggle = (one: T) => onChange(value.includes(one) ? value.filter((each) => each !== one) : [...value, one])
  return (
    <fieldset className={styles.toggles} data-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      <legend className={styles.label}>{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.option}
          aria-pressed={value.includes(option.value)}
          aria-label={option.title}
          disabled={disabled}
          onClick={() => toggle(option.value)}
        >
          {option.label}
        </button>
      ))}
      {error && <div className={styles.error}>{error}</div>}
    </fieldset>
  )
}
