import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import styles from './order-list.module.css'

const GLYPHS = { up: IconArrowUp, down: IconArrowDown, remove: IconX, add: IconPlus }
type Action = keyof typeof GLYPHS

interface OrderButtonProps {
  /** What it moves: as `keep` knows it. */
  readonly item: string | number
  readonly action: Action
  readonly label: string
  readonly isDisabled?: boolean
  readonly children?: ReactNode
  readonly onPress: () => void
}

/** Moves a row of a list that people put in order. */
export function OrderButton({ item, action, label, isDisabled, children, onPress }: OrderButtonProps) {
  const Glyph = GLYPHS[action]
  return (
    <button
      type="button"
      className={styles.act}
      data-item={item}
      data-action={action}
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onPress}
    >
      <Glyph size={20} aria-hidden />
      {children}
    </button>
  )
}

/**
 * The keyboard goes with what it moves, though its row is drawn anew: `keep` says before a change which item's button is to
 * have the focus then, the first of `actions` that can be pressed.
 */
export function useOrderFocus(value: unknown): {
  readonly element: RefObject<HTMLDivElement | null>
  readonly keep: (item: string | number, actions: readonly Action[]) => void
} {
  const element = useRef<HTMLDivElement>(null)
  const wanted = useRef<{ item: string | number; actions: readonly Action[] }>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the rows are drawn anew
  useEffect(() => {
    const { item = '', actions = [] } = wanted.current ?? {}
    wanted.current = null
    const buttons = [...(element.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]
    const of = (action: Action) =>
      buttons.find(({ dataset }) => dataset.item === String(item) && dataset.action === action)
    actions.map(of).find(Boolean)?.focus()
  }, [value])
  const keep = (item: string | number, actions: readonly Action[]): void => {
    wanted.current = { item, actions }
  }
  return { element, keep }
}
