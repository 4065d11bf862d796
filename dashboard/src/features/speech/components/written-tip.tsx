import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './reading.module.css'

interface Tip {
  readonly written: string
  readonly top: number
  readonly left: number
  readonly isAbove: boolean
}

/** One note for all marks of a box: how the place under the pointer, or with the focus, is written in the script. */
export function WrittenTip({ box }: { box: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation()
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const stop = new AbortController()
    const point = (event: Event): void => setTip(tipOf(element, event.target))
    const hide = (): void => setTip(null)
    for (const kind of ['pointerover', 'focusin']) element.addEventListener(kind, point, stop)
    for (const kind of ['pointerleave', 'focusout']) element.addEventListener(kind, hide, stop)
    element.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), stop)
    return () => stop.abort()
  }, [box])
  if (!tip) return null
  const { written, top, left, isAbove } = tip
  return (
    <div className={styles.tip} style={{ top, left }} data-above={isAbove || undefined} aria-hidden>
      <span className={styles.tipName}>{t('speech.written')}</span> {written}
    </div>
  )
}

/** As wide as a tip may become. */
const WIDEST = 260
/** Less room than this above a line, and the tip stands below it. */
const ROOM = 44
const GAP = 6

function tipOf(box: HTMLElement, target: EventTarget | null): Tip | null {
  const mark = target instanceof Element ? target.closest<HTMLElement>('[data-written]') : null
  // An open place says it all in its panel.
  if (!mark || mark.ariaExpanded === 'true') return null
  const [line] = mark.getClientRects()
  if (!line) return null
  const frame = box.getBoundingClientRect()
  const isAbove = line.top - frame.top > ROOM
  return {
    written: mark.dataset.written ?? '',
    isAbove,
    top: (isAbove ? line.top - GAP : line.bottom + GAP) - frame.top + box.scrollTop,
    left: Math.max(8, Math.min(line.left - frame.left, box.clientWidth - WIDEST - 8)),
  }
}
