/** What decides where lines break. */
const SHAPE = [
  'boxSizing',
  'width',
  'padding',
  'border',
  'font',
  'letterSpacing',
  'lineHeight',
  'tabSize',
  'overflowWrap',
  'wordBreak',
] as const

/**
 * `go`: leave everything and look there; `select`: where the script stands beside, select it there; `scroll`: only bring
 * it into sight there, and leave the focus where it is.
 */
export type Showing = 'go' | 'select' | 'scroll'

/** Selects a stretch of a text field and brings it into sight; browsers do not scroll to a selection by themselves. */
export function selectInField(field: HTMLTextAreaElement, start: number, end: number): void {
  field.focus({ preventScroll: true })
  field.setSelectionRange(start, end)
  scrollFieldTo(field, start)
  field.scrollIntoView({ block: 'nearest' })
}

/** Brings a place of a text field into its upper third. */
export function scrollFieldTo(field: HTMLTextAreaElement, offset: number): void {
  field.scrollTop = Math.max(0, topOf(field, offset) - field.clientHeight / 3)
}

/** How far down a place stands, measured on an unseen copy of the text above it. */
function topOf(field: HTMLTextAreaElement, offset: number): number {
  const copy = document.createElement('div')
  const style = getComputedStyle(field)
  for (const property of SHAPE) copy.style[property] = style[property]
  // The field's own scroll bar narrows its lines.
  copy.style.width = `${field.clientWidth + Number.parseFloat(style.borderLeftWidth) * 2}px`
  copy.style.position = 'absolute'
  copy.style.visibility = 'hidden'
  copy.style.whiteSpace = 'pre-wrap'
  copy.textContent = field.value.slice(0, offset)
  const end = document.createElement('span')
  end.textContent = '\u200b'
  copy.append(end)
  document.body.append(copy)
  const top = end.offsetTop
  copy.remove()
  return top
}
