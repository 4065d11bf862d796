import styles from './rules.module.css'

interface TogglesProps<T extends string> {
  readonly label: string
  readonly value: readonly T[]
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly disabled?: boolean
  readonly onChange: (value: T[]) => void
}

/** A row of buttons of which any number may hold. */
export function Toggles<T extends string>({ label, value, options, disabled = false, onChange }: TogglesProps<T>) {
  return (
    <fieldset className={styles.toggles} disabled={disabled}>
      <legend className={styles.legend}>{label}</legend>
      {options.map((option) => {
        const isOn = value.includes(option.value)
        return (
          <button
            key={option.value}
            type="button"
            className={styles.toggle}
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? value.filter((one) => one !== option.value) : [...value, option.value])}
          >
            {option.label}
          </button>
        )
      })}
    </fieldset>
  )
}
