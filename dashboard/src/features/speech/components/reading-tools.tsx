import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconCircleCheck } from '@tabler/icons-react'
import type { Ref } from 'react'
import { Pill } from '../../../components/ui/pill.tsx'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { isSamePlace, type Place } from '../places.ts'
import styles from './reading.module.css'

interface ReadingToolsProps {
  readonly ref: Ref<HTMLDivElement>
  readonly hasText: boolean
  readonly places: readonly Place[]
  readonly open: Place | null
  readonly onStep: (direction: 1 | -1) => void
}

/** How many places want a look, and the way from one to the next. */
export function ReadingTools({ ref, hasText, places, open, onStep }: ReadingToolsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const at = places.findIndex((place) => isSamePlace(place, open))
  const total = number(places.length, language)
  return (
    <div ref={ref} className={styles.tools}>
      <div role="status" className={styles.count}>
        {hasText &&
          (places.length > 0 ? (
            <Pill tone="warn" icon={IconAlertTriangle}>
              {at === -1
                ? t('speech.toReview', { n: total })
                : t('speech.position', { n: number(at + 1, language), total })}
            </Pill>
          ) : (
            <Pill tone="good" icon={IconCircleCheck}>
              {t('speech.nothingToReview')}
            </Pill>
          ))}
      </div>
      {places.length > 0 && (
        <div className={styles.steps}>
          <Step label={t('speech.previous')} keys="Shift+F8" icon={IconChevronUp} onPress={() => onStep(-1)} />
          <Step label={t('speech.next')} keys="F8" icon={IconChevronDown} onPress={() => onStep(1)} isNext />
        </div>
      )}
    </div>
  )
}

interface StepProps {
  readonly label: string
  readonly keys: string
  readonly icon: typeof IconChevronUp
  readonly onPress: () => void
  readonly isNext?: boolean
}

function Step({ label, keys, icon: Glyph, onPress, isNext }: StepProps) {
  return (
    <button
      type="button"
      className={styles.step}
      data-next={isNext || undefined}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      onClick={onPress}
    >
      <Glyph size={22} aria-hidden />
    </button>
  )
}
