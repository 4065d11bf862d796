import type { ReactNode } from 'react'
import styles from './choice.module.css'

interface TogglesProps<T extends string | number> {
  readonly label: string
  readonly values: readonly T[]
  readonly options: readonly { readonly value: T; readonly label: string; readonly title?: string }[]
  readonly error?: ReactNode
  readonly readOnly?: boolean
  readonly onChange: (values: readonly T[]) => void
}

/** A row of toggles of which any number hold; large enough for a thumb. */
export function Toggles<T extends string | number>(props: TogglesProps<T>) {
  const { label, values, options, error, readOnly = false, onChange } = props
  const toggle = (value: T) =>
    onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value])
  return (
    <fieldset className={styles.toggles} data-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      <legend className={styles.label}>{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.option}
          aria-pressed={values.includes(option.value)}
          aria-label={option.title}
          disabled={readOnly}
          onClick={() => toggle(option.value)}
        >
          {option.label}
        </button>
      ))}
      {error && <div className={styles.error}>{error}</div>}
    </fieldset>
  )
}
