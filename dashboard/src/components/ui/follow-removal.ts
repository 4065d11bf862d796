interface Pressed {
  readonly button: Element
  readonly row: Element | null
  readonly selector: string
  readonly at: number
}

/**
 * A `ref` for what is around rows that may go with the button pressed in them: the keyboard, which would fall to the page, goes
 * to the same button (by its `data-action`) of the row that takes the place, else of the one before, else to the heading or
 * the field that stands first.
 */
export function followRemoval(around: HTMLElement | null): (() => void) | undefined {
  if (!around) return undefined
  let pressed: Pressed | null = null
  const observer = new MutationObserver(() => {
    if (!pressed || pressed.button.isConnected) return
    observer.disconnect()
    // Whoever has gone on meanwhile stays there.
    if (document.activeElement === document.body) focusOn(successorOf(pressed, around))
    pressed = null
  })
  const onClick = ({ target }: Event): void => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-action]') : null
    if (!button) return
    const selector = `[data-action="${button.dataset.action}"]`
    const at = [...around.querySelectorAll(selector)].indexOf(button)
    pressed = { button, row: button.closest('li, tr'), selector, at }
    observer.observe(around, { childList: true, subtree: true })
  }
  around.addEventListener('click', onClick)
  return () => {
    observer.disconnect()
    around.removeEventListener('click', onClick)
  }
}

function successorOf({ row, selector, at }: Pressed, around: HTMLElement): HTMLElement {
  if (row instanceof HTMLElement && row.isConnected) return row.querySelector<HTMLElement>('button:enabled') ?? row
  const alike = [...around.querySelectorAll<HTMLElement>(`${selector}:enabled`)]
  return alike[at] ?? alike.at(-1) ?? around.querySelector<HTMLElement>('h2, h3, input') ?? around
}

function focusOn(element: HTMLElement): void {
  if (element.tabIndex < 0) element.tabIndex = -1
  element.focus()
}
