export const sentenceElement = (box: HTMLElement | null, index: number): HTMLElement | null =>
  box?.querySelector<HTMLElement>(`[data-sentence="${index}"]`) ?? null

/** The sentence that was pressed, wherever in it. */
export const sentenceUnder = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-sentence]') : null

/** A thousand sentences are one stop of the Tab key: this one. */
export function makeStop(box: HTMLElement, sentence: HTMLElement): void {
  for (const stop of box.querySelectorAll<HTMLElement>('[data-sentence][tabindex="0"]')) stop.tabIndex = -1
  sentence.tabIndex = 0
}

const ABOVE_PX = 12
/** The next sentences should be seen coming. */
const SHARE_BELOW = 0.25
const SHARE_ABOVE = 0.2

/** Scrolls the box, never the page, when the sentence is not seen well in it. */
export function keepInSight(box: HTMLElement, sentence: HTMLElement, behavior: ScrollBehavior): void {
  const frame = box.getBoundingClientRect()
  const place = sentence.getBoundingClientRect()
  const above = place.top - frame.top
  if (above >= ABOVE_PX && frame.bottom - place.bottom >= frame.height * SHARE_BELOW) return
  box.scrollTo({ top: box.scrollTop + above - frame.height * SHARE_ABOVE, behavior })
}
