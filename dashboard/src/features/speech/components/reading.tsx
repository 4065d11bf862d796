import { useWindowEvent } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { MAX_SCRIPT_CHARS, type OmittablePart } from '#protocol/http/bulletins.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { followRange, type Range } from '../../../lib/follow-range.ts'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import type { Showing } from '../../../lib/select-in-field.ts'
import { useCan } from '../../../lib/session.ts'
import { citedDocuments } from '../cited-documents.ts'
import { omittablePartsOf } from '../omittable-parts.ts'
import { doubtfulPlaces, markAt, type Place, stepPlace } from '../places.ts'
import type { PreviewState } from '../preview-state.ts'
import { NOTHING_READ } from '../reading.ts'
import { usePreview } from '../use-preview.ts'
import { CorrectionPanel } from './correction-panel.tsx'
import { OmitParts } from './omit-parts.tsx'
import styles from './reading.module.css'
import { ReadingText } from './reading-text.tsx'
import { ReadingTools } from './reading-tools.tsx'

interface ReadingProps {
  readonly script: string
  /** Whose dictionary applies, and is corrected; null while no area is chosen. */
  readonly areaCode: string | null
  /** Parts of the document that are not said. */
  readonly omit: readonly OmittablePart[]
  /** Where they can be chosen. */
  readonly onOmit?: (omit: OmittablePart[]) => void
  readonly onChooseArea?: () => void
  /** Shows the person a stretch of the script. */
  readonly onShow?: (range: Range, how: Showing) => void
  /** Hears how many places want a look. */
  readonly onCount?: (places: number) => void
  /** Hears which legal documents the script names. */
  readonly onCites?: (documents: readonly string[]) => void
}

/** What will be said of a script, kept up to date, with the places that a person should look at. */
export function Reading({ script, areaCode, omit, onOmit, onChooseArea, onShow, onCount, onCites }: ReadingProps) {
  const { t } = useTranslation()
  const can = useCan()
  const isTooLong = script.length > MAX_SCRIPT_CHARS
  const { state, again } = usePreview({ script: isTooLong ? '' : script, areaCode })
  const [open, setOpen] = useState<Place | null>(null)
  const tools = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const reading = state.shown?.reading ?? NOTHING_READ
  const places = useMemo(() => doubtfulPlaces(reading, omit), [reading, omit])
  const parts = useMemo(() => omittablePartsOf(reading), [reading])
  const documents = useMemo(() => citedDocuments(reading), [reading])
  const found = markAt(reading, open)
  useEffect(() => onCites?.(documents), [onCites, documents])
  useEffect(() => onCount?.(places.length), [onCount, places.length])

  /** The script may have been typed on since it was read. */
  const show = (place: Place, how: Showing): void => {
    const at = markAt(reading, place)
    const range = at && state.shown && followRange(state.shown.script, script, at)
    if (range) onShow?.(range, how)
  }
  // The text is drawn again only when this changes, so it must not change with each key.
  const latest = useRef({ show, open })
  useEffect(() => {
    latest.current = { show, open }
  })
  const press = useCallback((place: Place, by: 'mouse' | 'other') => {
    setOpen(place)
    if (by === 'mouse') latest.current.show(place, 'select')
  }, [])
  const close = useCallback(() => {
    openMark(text.current)?.focus({ preventScroll: true })
    setOpen(null)
  }, [])

  const step = (direction: 1 | -1): void => {
    const place = stepPlace(reading, places, open, direction)
    if (!place) return
    setOpen(place)
    show(place, 'scroll')
  }
  const corrected = (): void => {
    setOpen(null)
    // What was pressed is about to vanish; the next place is one key away.
    const next = tools.current?.querySelector<HTMLElement>('[data-next]') ?? text.current
    next?.focus({ preventScroll: true })
  }
  useWindowEvent('keydown', (event) => {
    if (event.key !== 'F8' || places.length === 0) return
    event.preventDefault()
    step(event.shiftKey ? -1 : 1)
    wantsFocus.current = true
  })
  useEffect(() => {
    if (!open || !wantsFocus.current) return
    wantsFocus.current = false
    openMark(text.current)?.focus({ preventScroll: true })
  }, [open])

  return (
    <section className={styles.reading} aria-label={t('speech.title')}>
      <div className={styles.head}>
        <div className={styles.title}>{t('speech.title')}</div>
        <span className={styles.updating} data-on={state.phase !== 'resting' || undefined} aria-hidden>
          {t('speech.updating')}
        </span>
      </div>
      <div className={styles.box}>
        <ReadingTools ref={tools} hasText={reading.sentences.length > 0} places={places} open={open} onStep={step} />
        {onOmit && parts.length > 0 && <OmitParts parts={parts} omit={omit} onChange={onOmit} />}
        {state.failure !== null && (
          <div className={styles.failure}>
            <LoadError error={state.failure} onRetry={again} />
          </div>
        )}
        <ReadingText
          ref={text}
          reading={reading}
          omit={omit}
          open={found ? open : null}
          onPress={press}
          empty={reading.sentences.length === 0 && <Nothing state={state} isTooLong={isTooLong} />}
          panel={
            found && (
              <CorrectionPanel
                key={`${open?.sentence}.${open?.part}`}
                mark={found.mark}
                areaCode={areaCode}
                mayCorrect={can('bulletins.write')}
                onChooseArea={onChooseArea}
                onShow={onShow && open ? () => show(open, 'go') : undefined}
                onClose={close}
                onCorrected={corrected}
                onDictionary={again}
              />
            )
          }
        />
      </div>
    </section>
  )
}

const openMark = (box: HTMLElement | null): HTMLElement | null =>
  box?.querySelector<HTMLElement>('[aria-expanded="true"]') ?? null

/** Why no sentence stands here. */
function Nothing({ state, isTooLong }: { state: PreviewState; isTooLong: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (isTooLong)
    return <p className={styles.hint}>{t('bulletinForm.longScript', { max: number(MAX_SCRIPT_CHARS, language) })}</p>
  if (state.wanted.script.trim() === '') return <p className={styles.hint}>{t('speech.empty')}</p>
  if (state.shown) return <p className={styles.hint}>{t('speech.saysNothing')}</p>
  return state.failure === null ? <RowsSkeleton rows={4} height={44} /> : null
}
