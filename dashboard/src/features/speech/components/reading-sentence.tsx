import { IconAlertTriangle } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import type { SpokenSpan } from '#protocol/http/speech.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Place } from '../places.ts'
import type { Sentence } from '../reading.ts'
import styles from './reading.module.css'
import { Turn } from './turn.tsx'

export type Press = (place: Place, by: 'mouse' | 'other') => void

interface SentenceProps {
  readonly sentence: Sentence
  /** It stands in the script and is not said. */
  readonly isOmitted: boolean
  readonly openPart: number | null
  readonly panel: ReactNode
  readonly onPress: Press
}

/** A long script has a thousand of these: drawn again only when the sentence itself changes. */
export const ReadingSentence = memo(function ReadingSentence(props: SentenceProps) {
  const { sentence, isOmitted, openPart, panel, onPress } = props
  const { id, kind, turn, parts } = sentence
  return (
    <div
      className={styles.sentence}
      data-kind={kind}
      data-turn={turn === 'narrator' ? undefined : ''}
      data-omitted={isOmitted || undefined}
    >
      {sentence.opens && <Turn sentence={sentence} isOmitted={isOmitted} />}
      <p className={styles.line}>
        {parts.map(({ text, mark }, part) =>
          mark && !isOmitted ? (
            <Mark
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move; changed, it is another
              key={part}
              text={text}
              mark={mark}
              isOpen={openPart === part}
              onPress={(by) => onPress({ sentence: id, part }, by)}
            />
          ) : (
            text
          ),
        )}
      </p>
      {panel}
    </div>
  )
})

interface MarkProps {
  readonly text: string
  readonly mark: SpokenSpan
  readonly isOpen: boolean
  readonly onPress: (by: 'mouse' | 'other') => void
}

/** Something that is not read as it is written. A `button` element could not break over two lines. */
function Mark({ text, mark, isOpen, onPress }: MarkProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span
      role="button"
      // Of a thousand marks the keyboard stops at those that matter; the arrow keys reach every one.
      tabIndex={mark.needsReview || isOpen ? 0 : -1}
      className={styles.mark}
      data-doubtful={mark.needsReview || undefined}
      data-own={mark.kind === 'dictionary' || undefined}
      data-written={mark.source}
      aria-expanded={isOpen}
      onClick={(event) => onPress(event.detail > 0 && hasMouse() ? 'mouse' : 'other')}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault()
          onPress('other')
        }
        if (event.key === 'ArrowRight') moveFocus(event.currentTarget, 1)
        if (event.key === 'ArrowLeft') moveFocus(event.currentTarget, -1)
      }}
    >
      {mark.needsReview && <IconAlertTriangle size={15} stroke={2.2} className={styles.doubt} aria-hidden />}
      {text === '' ? <i>{t('speech.notRead')}</i> : text}
      {mark.needsReview && <small className={styles.review}>{t('speech.review')}</small>}
    </span>
  )
}

/** Under a thumb, selecting in the text field would bring up the keyboard. */
const hasMouse = (): boolean => matchMedia('(hover: hover) and (pointer: fine)').matches

function moveFocus(from: HTMLElement, step: 1 | -1): void {
  const marks = [...(from.closest('[data-reading]')?.querySelectorAll<HTMLElement>('[data-written]') ?? [])]
  marks[marks.indexOf(from) + step]?.focus()
}
